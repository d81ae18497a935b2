#pragma once
#include <libpq-fe.h>
#include <sys/eventfd.h>

/* The names of an error's fields are character literals, which Swift does not import. */
enum clibpq_field {
    clibpq_translated_severity = PG_DIAG_SEVERITY,
    clibpq_severity = PG_DIAG_SEVERITY_NONLOCALIZED,
    clibpq_sqlstate = PG_DIAG_SQLSTATE,
    clibpq_message = PG_DIAG_MESSAGE_PRIMARY,
    clibpq_detail = PG_DIAG_MESSAGE_DETAIL,
    clibpq_table = PG_DIAG_TABLE_NAME,
    clibpq_column = PG_DIAG_COLUMN_NAME,
    clibpq_constraint = PG_DIAG_CONSTRAINT_NAME,
};

static inline char *clibpq_error_field(const PGresult *result, enum clibpq_field field) {
    return PQresultErrorField(result, (int)field);
}

/* A descriptor that becomes readable when somebody writes to it. No other program inherits it. */
static inline int clibpq_wake_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
