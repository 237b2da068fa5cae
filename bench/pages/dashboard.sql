-- A branch in figures as somebody would write it by hand.
-- $1 branch id, $2 and $3 first and last position the reader reaches
SELECT json_build_object('node', (
  SELECT json_build_object(
    'name', branch.name,
    'customers', json_build_object('aggregates', (
      SELECT coalesce(json_agg(json_build_object('key', json_build_object('state', state), 'count', count::text)
        ORDER BY state), '[]')
      FROM (SELECT state, count(*) FROM ketu.customer
        WHERE branch_id = branch.id AND position BETWEEN $2 AND $3 GROUP BY state) AS counted)),
    'accounts', json_build_object('aggregates', (
      SELECT coalesce(json_agg(json_build_object(
        'key', json_build_object('state', state, 'currency', currency), 'count', count::text,
        'balance', CASE WHEN sum IS NULL THEN '[]' ELSE json_build_array(json_build_object('sum', sum::text)) END)
        ORDER BY state, currency), '[]')
      FROM (SELECT state, currency, count(*), sum(balance) FROM ketu.account
        WHERE branch_id = branch.id AND ($2 = 0 AND $3 = 2147483647 OR EXISTS (
          SELECT FROM ketu.account_holder AS holder JOIN ketu.customer ON customer.id = holder.customer_id
          WHERE holder.account_id = account.id AND customer.position BETWEEN $2 AND $3))
        GROUP BY state, currency) AS counted)),
    'loans', json_build_object('aggregates', (
      SELECT coalesce(json_agg(json_build_object(
        'key', json_build_object('state', state), 'count', count::text,
        'amount', json_build_array(json_build_object('sum', sum::text))) ORDER BY state), '[]')
      FROM (SELECT state, count(*), sum(amount) FROM ketu.loan
        WHERE branch_id = branch.id AND ($2 = 0 AND $3 = 2147483647 OR EXISTS (
          SELECT FROM ketu.account_holder AS holder JOIN ketu.customer ON customer.id = holder.customer_id
          WHERE holder.account_id = loan.account_id AND customer.position BETWEEN $2 AND $3))
        GROUP BY state) AS counted)))
  FROM ketu.branch WHERE branch.id = $1
)) AS data
