"""The graph of a journey: arrows between touchpoints, their structure, and how they are drawn."""
