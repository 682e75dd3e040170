"""The Flow screen: a journey as a graph, the drawn path against the one customers take."""
