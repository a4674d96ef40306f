select
  purchase_order_id,
  updated_at,
  ordered_at,
  site,
  extract(epoch from received_at - ordered_at) as lead_time_seconds
from warehouse.purchase_orders
