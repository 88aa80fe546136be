"""Running the service: health, readiness, figures, logs, traces, and the page that shows the interface."""
