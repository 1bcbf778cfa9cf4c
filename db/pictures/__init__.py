"""Pictures of the base: Vega-Lite specifications made from its rows, drawn to SVG and PNG on the server."""
