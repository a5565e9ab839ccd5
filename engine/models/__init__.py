"""The tables, split by tense: deployed, running, happened; and beside them people and what they are entering."""

from .base import UNCLASSIFIED, Base
from .deployed import DeployedFile, Deployment, ProcessDefinition
from .entered import Document, DocumentReader, DocumentReading, DocumentState, Draft, DraftField
from .happened import HistoryEvent, Letter, LetterState, Submission
from .people import Attempt, Membership, PasswordLink, Person, SignIn
from .registers import CaseLink, RegisterChange, RegisterEntry
from .rights import AccessProfile, AccessRight, Right
from .running import (
    FRESH,
    NOT_ENDED,
    PENDING,
    UNDELIVERED,
    Candidate,
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    InstanceState,
    Job,
    JobState,
    Message,
    MessageState,
    ProcessInstance,
    StartTrigger,
    Subscription,
    TaskState,
    UserTask,
    VariableChunk,
)

__all__ = [
    "FRESH", "NOT_ENDED", "PENDING", "UNCLASSIFIED", "UNDELIVERED", "AccessProfile", "AccessRight", "Attempt", "Base", "Candidate",
    "CaseLink", "Deadline", "DeadlineState", "DeployedFile", "Deployment", "Document", "DocumentReader", "DocumentReading",
    "DocumentState", "Draft", "DraftField", "HistoryEvent", "Incident", "IncidentState", "InstanceState", "Job", "JobState", "Letter",
    "LetterState", "Membership", "Message", "MessageState", "PasswordLink", "Person", "ProcessDefinition", "ProcessInstance",
    "RegisterChange", "RegisterEntry", "Right", "SignIn", "StartTrigger", "Submission", "Subscription", "TaskState", "UserTask",
    "VariableChunk",
]  # fmt: skip
