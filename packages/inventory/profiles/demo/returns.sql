select returns.return_id, returns.recorded_at, returns.site, lines.units
from warehouse.returns
cross join lateral (
  select coalesce(sum(restocked), 0) as units
  from warehouse.return_lines
  where return_lines.return_id = returns.return_id
) lines
