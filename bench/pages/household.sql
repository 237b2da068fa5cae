-- The household of a customer as somebody would write it by hand.
-- $1 customer id, $2 and $3 first and last position the reader reaches
SELECT json_build_object('customer', (
  SELECT json_build_object(
    'name', customer.name,
    'household', (
      SELECT json_build_object(
        'id', 'hou_' || household.id,
        'confidenceRatio', household.confidence_ratio::text,
        'members', json_build_object('nodes', (
          SELECT coalesce(json_agg(json_build_object(
            'role', member.role,
            'customer', json_build_object(
              'id', 'cus_' || member.customer_id,
              'name', member.name,
              'accounts', json_build_object('nodes', (
                SELECT coalesce(json_agg(json_build_object(
                  'id', 'acc_' || held.id,
                  'numberMasked', held.number_masked,
                  'product', (SELECT json_build_object('name', product.name)
                    FROM ketu.product WHERE product.id = held.product_id),
                  'balance', CASE WHEN held.balance IS NOT NULL THEN
                    json_build_object('amount', held.balance::text, 'currency', held.currency) END)
                  ORDER BY held.opened_on DESC, held.id DESC), '[]')
                FROM (
                  SELECT account.* FROM ketu.account_holder AS holder
                  JOIN ketu.account ON account.id = holder.account_id
                  WHERE holder.customer_id = member.customer_id
                  ORDER BY account.opened_on DESC, account.id DESC LIMIT 30) AS held))))
            ORDER BY member.created_at, member.id), '[]')
          FROM (
            SELECT placed.id, placed.created_at, placed.role, placed.customer_id,
              person.name
            FROM ketu.household_member AS placed
            JOIN ketu.customer AS person ON person.id = placed.customer_id AND person.position BETWEEN $2 AND $3
            WHERE placed.household_id = household.id
            ORDER BY placed.created_at, placed.id LIMIT 10) AS member)))
      FROM ketu.household_member AS belonging
      JOIN ketu.household ON household.id = belonging.household_id
      WHERE belonging.customer_id = customer.id))
  FROM ketu.customer WHERE customer.id = $1 AND customer.position BETWEEN $2 AND $3
)) AS data
