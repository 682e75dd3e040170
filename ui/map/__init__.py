"""The map: lanes under stages, drawn on one canvas and edited where things stand."""
