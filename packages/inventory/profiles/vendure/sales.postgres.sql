-- Units of parcels as they leave, at their net price with all discounts (Vendure's proratedUnitPrice), rounded as Vendure
-- rounds. Money is in hundredths, Vendure's default in all currencies.
select
  step.id as step_id,
  parcel.id as parcel_line_id,
  step."createdAt" as happened_at,
  location.name as site,
  orders."currencyCode" as currency,
  round(
    parcel.quantity
    * (line."listPrice" + coalesce(
        (select sum((one ->> 'amount')::numeric) from json_array_elements(line.adjustments::json) one), 0) / greatest(line."orderPlacedQuantity", line.quantity, 1))
    / case
      when line."listPriceIncludesTax" then 1 + coalesce(
        (select sum((one ->> 'taxRate')::numeric) from json_array_elements(line."taxLines"::json) one), 0) / 100
      else 1
    end
  ) / 100 as sales
from history_entry step
join "order" orders on orders.id = step."orderId"
join order_line line on line."orderId" = orders.id
join order_line_reference parcel on parcel."orderLineId" = line.id
  and parcel."fulfillmentId"::text = step.data::json ->> 'fulfillmentId'
join stock_location location on location.id = coalesce(
  (select movement."stockLocationId"
    from stock_movement movement
    where movement."orderLineId" = line.id and movement.type = 'ALLOCATION'
    order by movement."createdAt", movement.id limit 1),
  (select near."stockLocationId"
    from order_channels_channel sold
    join stock_location_channels_channel near on near."channelId" = sold."channelId"
    join channel on channel.id = sold."channelId"
    where sold."orderId" = orders.id
    order by channel.code = '__default_channel__', near."stockLocationId" limit 1)
)
where step.type = 'ORDER_FULFILLMENT_TRANSITION'
  and (step.data::json ->> 'to' = 'Shipped'
    or step.data::json ->> 'to' = 'Delivered' and step.data::json ->> 'from' <> 'Shipped')
  and orders.type <> 'Aggregate'
