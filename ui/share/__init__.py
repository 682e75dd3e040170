"""A page to share: the map as one HTML file that needs nothing but a browser."""
