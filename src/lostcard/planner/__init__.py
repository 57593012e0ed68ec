"""The planner: pure functions from facts, a situation and a start to a plan. No clock, no files, no wording."""
