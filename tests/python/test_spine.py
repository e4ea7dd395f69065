"""What a case system in another language does: publish, keep the receipt, check before a visit, watch, read refusals."""

import datetime
import time
import unittest
import uuid

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from diogel.v1 import (
    codes_pb2,
    content_pb2,
    people_pb2,
    publishing_pb2,
    publishing_pb2_grpc,
    reading_pb2,
    reading_pb2_grpc,
    sharing_pb2,
)
from hub import Hub

NHS = "9990011044"
DEADLINE = 10


def incident(key, nhs=NHS):
    """A report that social care and the police may see."""
    occurred = people_pb2.Occurred(precision=people_pb2.PRECISION_HOUR)
    getattr(occurred, "from").FromDatetime(
        datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    )
    person = people_pb2.Person(
        label="p1",
        role=codes_pb2.PERSON_ROLE_WHOSE_BEHAVIOUR,
        identifiers=[
            people_pb2.Identifier(scheme=codes_pb2.IDENTIFIER_SCHEME_NHS_NUMBER, value=nhs)
        ],
        name="Invented Person",
    )
    safety = content_pb2.IncidentSafety(
        occurred=occurred,
        threats=[codes_pb2.THREAT_FORM_THREAT_TO_KILL],
        harm=codes_pb2.HARM_SHAKEN,
        danger_at_once=True,
        provisional_precautions=[
            content_pb2.Precaution(code=codes_pb2.PRECAUTION_CODE_VISIT_IN_PAIRS)
        ],
    )
    return publishing_pb2.PublishRequest(
        request_key=key,
        audience=sharing_pb2.Audience(
            grants=[
                sharing_pb2.Grant(agency="social-care"),
                sharing_pb2.Grant(agency="police"),
            ],
            purpose=sharing_pb2.PURPOSE_WORKER_SAFETY,
            lawful_basis=sharing_pb2.LAWFUL_BASIS_PUBLIC_TASK,
        ),
        incident=content_pb2.IncidentReport(people=[person], safety=safety),
    )


def refusal(error):
    """google.rpc.Status, taken apart: ErrorInfo and the fields at fault."""
    status = rpc_status.from_call(error)
    info, fields = error_details_pb2.ErrorInfo(), {}
    for detail in status.details:
        bad = error_details_pb2.BadRequest()
        if detail.Unpack(bad):
            fields = {v.field: v.description for v in bad.field_violations}
        detail.Unpack(info)
    return info, fields


class Spine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = Hub()
        cls.addClassCleanup(cls.hub.stop)

    def publishing(self, agency, caller=None):
        channel = self.hub.agency(agency, caller)
        self.addCleanup(channel.close)
        return publishing_pb2_grpc.PublishingServiceStub(channel)

    def reading(self, agency):
        channel = self.hub.projection(agency)
        self.addCleanup(channel.close)
        return reading_pb2_grpc.ReadingServiceStub(channel)

    def check(self, agency, nhs):
        asked = reading_pb2.CheckRequest(
            identifiers=[
                people_pb2.Identifier(scheme=codes_pb2.IDENTIFIER_SCHEME_NHS_NUMBER, value=nhs)
            ],
            purpose=sharing_pb2.PURPOSE_WORKER_SAFETY,
        )
        return self.reading(agency).Check(asked, timeout=DEADLINE, wait_for_ready=True)

    def eventually(self, ask, good):
        """Asks again until it is good: a receipt says accepted, never effective."""
        until = time.monotonic() + 20
        while not good(answer := ask()) and time.monotonic() < until:
            time.sleep(0.1)
        self.assertTrue(good(answer), answer)
        return answer

    def publish(self, request, agency="housing"):
        stub = self.publishing(agency)
        return stub.Publish(request, timeout=DEADLINE, wait_for_ready=True).receipt

    def test_a_receipt_is_read_again_by_id_and_by_key(self):
        key = str(uuid.uuid4())
        receipt = self.publish(incident(key))
        self.assertEqual((receipt.agency, receipt.replayed), ("housing", False))
        self.assertIn("999", receipt.notice)
        stub = self.publishing("housing")
        by_id = publishing_pb2.GetReceiptRequest(event_id=receipt.event_id)
        by_key = publishing_pb2.GetReceiptRequest(request_key=key)
        for asked in (by_id, by_key):
            answer = stub.GetReceipt(asked, timeout=DEADLINE, wait_for_ready=True)
            self.assertEqual(answer.receipt.hash, receipt.hash)
        self.eventually(
            lambda: stub.GetReceipt(by_id, timeout=DEADLINE).receipt,
            lambda r: r.state == publishing_pb2.EVENT_STATE_EFFECTIVE,
        )

    def test_the_same_request_again_is_the_same_event(self):
        request = incident(str(uuid.uuid4()))
        first, again = self.publish(request), self.publish(request)
        self.assertEqual(first.event_id, again.event_id)
        self.assertTrue(again.replayed)

    def test_a_check_before_a_visit_shows_the_danger_to_whom_it_was_granted(self):
        nhs = "9990012172"
        receipt = self.publish(incident(str(uuid.uuid4()), nhs))
        seen = self.eventually(lambda: self.check("social-care", nhs), lambda a: a.findings)
        finding = seen.findings[0]
        self.assertEqual(finding.event_id, receipt.event_id)
        self.assertEqual(finding.originator, "housing")
        self.assertIn(codes_pb2.THREAT_FORM_THREAT_TO_KILL, finding.threats)
        self.assertEqual(
            finding.precautions[0].code, codes_pb2.PRECAUTION_CODE_VISIT_IN_PAIRS
        )
        self.assertFalse(self.check("education", nhs).findings)

    def test_a_watch_tells_of_an_event_as_it_comes(self):
        watch = self.reading("police").Watch(
            reading_pb2.WatchRequest(), timeout=30, wait_for_ready=True
        )
        self.addCleanup(watch.cancel)
        receipt = self.publish(incident(str(uuid.uuid4())))
        for change in watch:
            if change.item.event_id == receipt.event_id:
                self.assertEqual(change.item.kind, "incident")
                self.assertEqual(change.item.originator, "housing")
                self.assertTrue(change.cursor)
                return
        self.fail("the watch ended without the event")

    def test_a_refusal_names_the_field_and_the_way_out_and_not_the_value(self):
        request = incident(str(uuid.uuid4()), "9990011045")
        request.incident.safety.harm = codes_pb2.HARM_UNSPECIFIED
        with self.assertRaises(grpc.RpcError) as raised:
            self.publish(request)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        info, fields = refusal(raised.exception)
        self.assertEqual((info.reason, info.domain), ("INVALID_FIELDS", "diogel.v1"))
        self.assertIn("incident.people[0].identifiers[0].value", fields)
        self.assertIn("choose a code", fields["incident.safety.harm"])
        self.assertNotIn("9990011045", str(rpc_status.from_call(raised.exception)))

    def test_a_refusal_with_many_fields_arrives_too(self):
        request = incident(str(uuid.uuid4()))
        request.audience.grants.extend([sharing_pb2.Grant(agency="Not An Id")] * 60)
        with self.assertRaises(grpc.RpcError) as raised:
            self.publish(request)
        _, fields = refusal(raised.exception)
        self.assertIn("more are at fault", fields[""])

    def test_a_message_that_is_too_long_is_refused_with_a_way_out(self):
        request = incident(str(uuid.uuid4()))
        request.incident.narrative.what_happened = "w" * (10 << 20)
        with self.assertRaises(grpc.RpcError) as raised:
            self.publish(request)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertIn("shorten", raised.exception.details())

    def test_a_key_used_for_other_content_is_refused(self):
        request = incident(str(uuid.uuid4()))
        self.publish(request)
        request.incident.safety.prevents_task = True
        with self.assertRaises(grpc.RpcError) as raised:
            self.publish(request)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.ALREADY_EXISTS)
        self.assertEqual(refusal(raised.exception)[0].reason, "REQUEST_KEY_REUSED")

    def test_nobody_publishes_for_another_agency(self):
        stub = self.publishing("housing", caller="police")
        with self.assertRaises(grpc.RpcError) as raised:
            stub.Publish(incident("theirs"), timeout=DEADLINE, wait_for_ready=True)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.PERMISSION_DENIED)
        self.assertEqual(refusal(raised.exception)[0].reason, "NOT_PERMITTED")

    def test_a_meeting_summary_is_read_as_text(self):
        self.publish(incident(str(uuid.uuid4())))
        asked = reading_pb2.MeetingSummaryRequest(
            identifiers=[
                people_pb2.Identifier(scheme=codes_pb2.IDENTIFIER_SCHEME_NHS_NUMBER, value=NHS)
            ],
            purpose=sharing_pb2.PURPOSE_MULTI_AGENCY_MEETING,
        )
        stub = self.reading("social-care")
        answer = stub.MeetingSummary(asked, timeout=DEADLINE, wait_for_ready=True)
        self.assertTrue(answer.text)


if __name__ == "__main__":
    unittest.main()
