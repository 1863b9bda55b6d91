"""Findings: weaknesses that a map shows, such as an unsupported claim or a single origin.

A finding is a small function in the module of its subject, and a rule in that module's
`RULES`.
"""

from .copying import CopyElsewhere, OtherDocuments
from .finding import SEVERITIES, Case, Finding, Rule, Severity
from .rules import RULES, findings, findings_in

__all__ = [
    "RULES",
    "SEVERITIES",
    "Case",
    "CopyElsewhere",
    "Finding",
    "OtherDocuments",
    "Rule",
    "Severity",
    "findings",
    "findings_in",
]
