"""Findings: what a map itself shows, such as an unsupported claim or a single origin.

A finding is one small function in the module of its subject, and a rule in that module's
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
