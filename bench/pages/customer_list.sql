-- The first page of customers by name as somebody would write it by hand.
-- $1 and $2 first and last position the reader reaches
SELECT json_build_object('customers', json_build_object('nodes', (
  SELECT coalesce(json_agg(json_build_object(
    'id', 'cus_' || listed.id,
    'customerNo', listed.customer_no,
    'name', listed.name,
    'branch', (SELECT json_build_object('name', branch.name) FROM ketu.branch WHERE branch.id = listed.branch_id),
    'accounts', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'openedOn', held.opened_on,
        'balance', CASE WHEN held.balance IS NOT NULL THEN
          json_build_object('amount', held.balance::text, 'currency', held.currency) END)
        ORDER BY held.opened_on DESC, held.id DESC), '[]')
      FROM (
        SELECT account.* FROM ketu.account_holder AS holder JOIN ketu.account ON account.id = holder.account_id
        WHERE holder.customer_id = listed.id ORDER BY account.opened_on DESC, account.id DESC LIMIT 30) AS held)),
    'scores', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object('predicts', scored.predicts, 'value', scored.value::text)
        ORDER BY scored.value DESC, scored.id DESC), '[]')
      FROM (
        SELECT score.* FROM ketu.score WHERE customer_id = listed.id
          AND run_id = ANY (ARRAY(SELECT id FROM ketu.run WHERE state = 'PUBLISHED'))
        ORDER BY value DESC, id DESC LIMIT 5) AS scored))
    ) ORDER BY listed.name_sort_key, listed.id), '[]')
  FROM (
    SELECT * FROM ketu.customer WHERE position BETWEEN $1 AND $2
    ORDER BY name_sort_key, id LIMIT 50) AS listed
))) AS data
