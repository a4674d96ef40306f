-- Units of parcels as they leave, at their net price with all discounts (Vendure's proratedUnitPrice), rounded as Vendure
-- rounds. Money is in hundredths, Vendure's default in all currencies.
select
  step.id as step_id,
  parcel.id as parcel_line_id,
  step.createdAt as happened_at,
  location.name as site,
  orders.currencyCode as currency,
  round(
    parcel.quantity
    * (line.listPrice + coalesce((
        select sum(one.amount) from json_table(line.adjustments, '$[*]' columns (amount decimal(20, 4) path '$.amount')) one), 0) / greatest(line.orderPlacedQuantity, line.quantity, 1))
    / case
      when line.listPriceIncludesTax then 1 + coalesce((
        select sum(one.percent) from json_table(line.taxLines, '$[*]' columns (percent decimal(9, 4) path '$.taxRate')) one), 0) / 100
      else 1
    end
  ) / 100 as sales
from history_entry step
join `order` orders on orders.id = step.orderId
join order_line line on line.orderId = orders.id
join order_line_reference parcel on parcel.orderLineId = line.id
  and cast(parcel.fulfillmentId as char) = json_value(step.data, '$.fulfillmentId')
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
where step.type = 'ORDER_FULFILLMENT_TRANSITION'
  and (json_value(step.data, '$.to') = 'Shipped'
    or json_value(step.data, '$.to') = 'Delivered' and json_value(step.data, '$.from') <> 'Shipped')
  and orders.type <> 'Aggregate'
