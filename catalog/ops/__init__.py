"""Running the catalog: health, hosts, limits, logs and the names of requests."""
