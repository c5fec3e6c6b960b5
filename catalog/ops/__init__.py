"""Running the catalog: limits, logs, and the doctor."""
