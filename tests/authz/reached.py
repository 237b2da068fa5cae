"""Which rows a reader reaches, in plain SQL: `{reach}` stands for the condition on position and managers of `c`."""

GRANTED = """SELECT g.staff_id FROM ketu.access_grant AS g, ketu.bank AS b WHERE g.customer_id = o.id
             AND g.ended_at IS NULL AND b.business_date BETWEEN g.starts_on AND g.ends_on"""
CUSTOMERS = f"""(SELECT c.id FROM (SELECT o.id, o.position, ARRAY[o.manager_id, o.backup_manager_id] || ARRAY({GRANTED})
                 AS managers FROM ketu.customer AS o) AS c WHERE {{reach}})"""
ACCOUNTS = f"(SELECT h.account_id FROM ketu.account_holder AS h WHERE h.customer_id IN {CUSTOMERS})"
HOUSEHOLDS = f"(SELECT m.household_id FROM ketu.household_member AS m WHERE m.customer_id IN {CUSTOMERS})"
STAFF = "(SELECT c.id FROM (SELECT s.id, s.position, ARRAY[s.id] AS managers FROM ketu.staff AS s) AS c WHERE {reach})"

ABOUT_STAFF = """(SELECT c.id FROM (SELECT a.id, a.position, ARRAY[a.staff_id] AS managers FROM ketu.{table} AS a) AS c
                 WHERE {{reach}})"""

WORK = f"""id IN (SELECT c.id FROM (SELECT w.id, w.position, ARRAY[w.{{one}}, w.{{other}}] AS managers
                  FROM ketu.{{table}} AS w) AS c WHERE {{{{reach}}}})
           OR customer_id IN {CUSTOMERS.replace("{", "{{").replace("}", "}}")}"""
"""Work stands where it is done, is the own of those whom two columns name, and belongs to its customer."""
