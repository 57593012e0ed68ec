"""From a plan to text, JSON and other formats. Nothing is decided here: what to say stands in the plan."""
