"""What core banking is asked to do."""

from tests.authz.reached import CUSTOMERS

ROWS = {"service_request": (("service_request:read", "customer:read"), f"customer_id IN {CUSTOMERS}")}

REFERENCE: set[str] = set()

LINKS = {
    "Account.serviceRequests": "account_id, id FROM ketu.service_request",
    "Customer.serviceRequests": "customer_id, id FROM ketu.service_request",
    "Product.serviceRequests": "product_id, id FROM ketu.service_request",
    "ServiceRequest.account": "id, account_id FROM ketu.service_request",
    "ServiceRequest.customer": "id, customer_id FROM ketu.service_request",
    "ServiceRequest.product": "id, product_id FROM ketu.service_request",
    "ServiceRequest.requestedBy": "id, requested_by_id FROM ketu.service_request",
    "ServiceRequest.ticket": "id, ticket_id FROM ketu.service_request",
    "Staff.serviceRequestsSubmitted": "requested_by_id, id FROM ketu.service_request",
    "Ticket.serviceRequests": "ticket_id, id FROM ketu.service_request",
}
