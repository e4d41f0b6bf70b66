"""What mentoring asks of people."""
