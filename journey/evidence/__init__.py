"""What the Evidence screen says: figures, trends, segments side by side, alerts, plans. Pure."""
