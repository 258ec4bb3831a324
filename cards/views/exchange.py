"""Taking data along."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from cards.http import LearnerRequest
from cards.services.exchange import export_learner


@require_safe
def export_json(request: LearnerRequest) -> HttpResponse:
    """Give the learner everything they own, as a file."""
    response = JsonResponse(
        export_learner(request.user, at=request.at),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    name = f"llmprep-{request.at:%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
