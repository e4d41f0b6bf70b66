"""What pages are made of: forms, tables, navigation, figures and the map."""
