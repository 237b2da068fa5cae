-- The customer 360 page as somebody would write it by hand.
-- $1 customer id, $2 and $3 first and last position the reader reaches
SELECT json_build_object('customer', (
  SELECT json_build_object(
    'id', 'cus_' || customer.id,
    'customerNo', customer.customer_no,
    'name', customer.name,
    'state', customer.state,
    'joinedOn', customer.joined_on,
    'sex', customer.sex,
    'birthOn', customer.birth_on,
    'branch', (
      SELECT json_build_object('branchNo', branch.branch_no, 'name', branch.name, 'parent', (
        SELECT json_build_object('name', parent.name) FROM ketu.branch AS parent WHERE parent.id = branch.parent_id))
      FROM ketu.branch WHERE branch.id = customer.branch_id),
    'manager', (
      SELECT json_build_object('name', staff.name, 'post', staff.post)
      FROM ketu.staff WHERE staff.id = customer.manager_id AND staff.position BETWEEN $2 AND $3),
    'identityDocuments', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'type', found.type, 'numberMasked', found.number_masked, 'expiresOn', found.expires_on) ORDER BY found.id), '[]')
      FROM (SELECT * FROM ketu.identity_document WHERE customer_id = customer.id ORDER BY id LIMIT 5) AS found)),
    'contactPoints', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'kind', found.kind, 'valueMasked', found.value_masked, 'district', found.district, 'region', found.region)
        ORDER BY found.id), '[]')
      FROM (SELECT * FROM ketu.contact_point WHERE customer_id = customer.id ORDER BY id LIMIT 5) AS found)),
    'accounts', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'id', 'acc_' || held.id,
        'numberMasked', held.number_masked,
        'openedOn', held.opened_on,
        'product', (SELECT json_build_object('name', product.name) FROM ketu.product WHERE product.id = held.product_id),
        'balance', CASE WHEN held.balance IS NOT NULL THEN
          json_build_object('amount', held.balance::text, 'currency', held.currency) END,
        'balanceOn', held.balance_on,
        'transactions', json_build_object('nodes', (
          SELECT coalesce(json_agg(json_build_object(
            'bookedOn', moved.booked_on, 'direction', moved.direction, 'purpose', moved.purpose,
            'amount', json_build_object('amount', moved.amount::text, 'currency', moved.currency))
            ORDER BY moved.booked_on DESC, moved.id DESC), '[]')
          FROM (SELECT * FROM ketu.transaction WHERE account_id = held.id
            ORDER BY booked_on DESC, id DESC LIMIT 5) AS moved)),
        'standingOrders', json_build_object('nodes', (
          SELECT coalesce(json_agg(json_build_object(
            'purpose', paid.purpose,
            'amount', json_build_object('amount', paid.amount::text, 'currency', paid.currency)) ORDER BY paid.id), '[]')
          FROM (SELECT * FROM ketu.standing_order WHERE account_id = held.id ORDER BY id LIMIT 5) AS paid))
        ) ORDER BY held.opened_on DESC, held.id DESC), '[]')
      FROM (
        SELECT account.* FROM ketu.account_holder AS holder JOIN ketu.account ON account.id = holder.account_id
        WHERE holder.customer_id = customer.id ORDER BY account.opened_on DESC, account.id DESC LIMIT 30) AS held)),
    'loans', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'state', owed.state, 'grantedOn', owed.granted_on, 'termMonths', owed.term_months,
        'amount', json_build_object('amount', owed.amount::text, 'currency', owed.currency))
        ORDER BY owed.granted_on DESC, owed.id DESC), '[]')
      FROM (
        SELECT loan.* FROM ketu.account_holder AS holder JOIN ketu.loan ON loan.account_id = holder.account_id
        WHERE holder.customer_id = customer.id ORDER BY loan.granted_on DESC, loan.id DESC LIMIT 30) AS owed)),
    'cards', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'grade', carried.grade, 'state', carried.state, 'issuedOn', carried.issued_on)
        ORDER BY carried.issued_on DESC, carried.id DESC), '[]')
      FROM (SELECT * FROM ketu.card WHERE customer_id = customer.id
        ORDER BY issued_on DESC, id DESC LIMIT 5) AS carried)),
    'relations', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'type', tie.type, 'evidence', tie.evidence,
        'toCustomer', json_build_object('id', 'cus_' || tie.to_id, 'name', tie.to_name)) ORDER BY tie.id), '[]')
      FROM (
        SELECT relation.id, relation.type, relation.evidence,
          target.id AS to_id, target.name AS to_name
        FROM ketu.relation
        JOIN ketu.customer AS source ON source.id = relation.from_customer_id AND source.position BETWEEN $2 AND $3
        JOIN ketu.customer AS target ON target.id = relation.to_customer_id AND target.position BETWEEN $2 AND $3
        WHERE relation.from_customer_id = customer.id OR relation.to_customer_id = customer.id
        ORDER BY relation.id LIMIT 20) AS tie)),
    'household', (
      SELECT json_build_object('id', 'hou_' || belonging.household_id, 'members', json_build_object('nodes', (
        SELECT coalesce(json_agg(json_build_object(
          'role', member.role,
          'customer', json_build_object('id', 'cus_' || member.customer_id, 'name', member.name))
          ORDER BY member.created_at, member.id), '[]')
        FROM (
          SELECT placed.id, placed.created_at, placed.role, placed.customer_id,
            person.name
          FROM ketu.household_member AS placed
          JOIN ketu.customer AS person ON person.id = placed.customer_id AND person.position BETWEEN $2 AND $3
          WHERE placed.household_id = belonging.household_id
          ORDER BY placed.created_at, placed.id LIMIT 10) AS member)))
      FROM ketu.household_member AS belonging WHERE belonging.customer_id = customer.id),
    'scores', json_build_object('nodes', (
      SELECT coalesce(json_agg(json_build_object(
        'predicts', scored.predicts, 'value', scored.value::text, 'percentileRatio', scored.percentile_ratio::text)
        ORDER BY scored.value DESC, scored.id DESC), '[]')
      FROM (
        SELECT score.* FROM ketu.score WHERE customer_id = customer.id
          AND run_id = ANY (ARRAY(SELECT id FROM ketu.run WHERE state = 'PUBLISHED'))
        ORDER BY value DESC, id DESC LIMIT 5) AS scored))
  )
  FROM ketu.customer WHERE customer.id = $1 AND customer.position BETWEEN $2 AND $3
)) AS data
