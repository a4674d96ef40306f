-- What was ordered stays in orderPlacedQuantity when units are cancelled later; a line that was added later has 0 there. A
-- line belongs to the location that its own first allocation names.
select
  line.id as line_id,
  orders.orderPlacedAt as placed_at,
  location.name as site,
  case when line.orderPlacedQuantity > 0 then 1 else 0 end as requested,
  line.orderPlacedQuantity as units_requested,
  line.orderPlacedQuantity as demand_units
from `order` orders
join order_line line on line.orderId = orders.id
join stock_location location on location.id = coalesce(
  (select movement.stockLocationId
    from stock_movement movement
    where movement.orderLineId = line.id and movement.type = 'ALLOCATION'
    order by movement.createdAt, movement.id limit 1),
  (select near.stockLocationId
    from order_channels_channel sold
    join stock_location_channels_channel near on near.channelId = sold.channelId
    join channel on channel.id = sold.channelId
    where sold.orderId = orders.id
    order by channel.code = '__default_channel__', near.stockLocationId limit 1)
)
where orders.orderPlacedAt is not null and orders.type <> 'Aggregate'
