"""The pages of mentors, and a council's pages about them."""
