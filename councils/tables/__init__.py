"""Lists as the site draws them."""
