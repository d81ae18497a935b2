/// What the metrics of the box mean, for `# HELP`.
enum BoxMetrics {
    static let help = [
        "http_requests_total": "Requests answered, by method, route and status.",
        "http_request_duration_seconds": "Time until the answer, by method and route.",
        "health_condition_ok": "1 when the condition of /healthz is as it should be.",
        "router_connected": "1 when the box is logged in at the router's API.",
        "purchases_open": "Purchases that are not over, by state.",
        "purchases_ended_total": "Purchases that ended, ever, by how.",
        "fichas_to_tell_routers": "Fichas that are to be put on a router or removed from it.",
        "fichas_unknown_on_routers": "Users on routers that look like fichas and are not in the database.",
        "clock_synced": "1 when somebody outside has confirmed the clock.",
        "outbox_unsynced_events": "Events that the centre does not have yet.",
        "database_group_commits_total": "Times the disk was made to hold data, since the start.",
        "process_start_time_seconds": "Start of the program, seconds since 1970.",
        "process_resident_memory_bytes": "Memory of the program that is in RAM.",
        "process_open_fds": "Open files and sockets.",
    ]
}
