"""A journey as a picture: the map or the flow drawn from its scene into SVG, PDF and PNG."""
