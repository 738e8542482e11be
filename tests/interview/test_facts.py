"""Which facts a question asks for, on every problem that ships and in words that none of their files holds."""

import pytest

from fourstep.files.content import Library
from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import hear

ASKED: dict[str, dict[str, str]] = {
    "ad_click_prediction": {
        "What are we using right now?": "existing",
        "Is there a latency constraint?": "latency",
        "How do you pick ads so far?": "existing",
        "And who builds the auction, is that me?": "scope",
        "Which legal limits should I respect?": "privacy",
        "How many posts are between two ads?": "surface",
        "Do the ads team eat lunch together?": "",
    },
    "delivery_eta_prediction": {
        "What hurts more, a late meal or an estimate that is too long?": "error_costs",
        "How off is the current number?": "error_today",
        "Do you track where the riders are?": "data",
        "Are there any latency limits?": "latency",
        "Which cities does this have to work in?": "markets",
        "What colour are the bags?": "",
    },
    "event_recommendation": {
        "How many events can be chosen from at any time?": "events",
        "Where will people see the list?": "surface",
        "Do we know who is friends with whom?": "friends",
        "What happens when an event is full?": "sold_out",
        "How do you choose what to show at the moment?": "existing",
    },
    "harmful_content_detection": {
        "What kinds of harm should I look for?": "harms",
        "How many people review posts by hand?": "moderators",
        "Can an author complain about a removal?": "appeals",
        "How quickly does a decision have to be made?": "latency",
        "Which languages are the posts in?": "languages",
    },
    "payment_fraud_detection": {
        "How long until we hear that a payment was fraud?": "labels",
        "How much time do we have to answer the shop?": "latency",
        "What share of payments are fraudulent?": "base_rate",
        "May I decline a payment without giving a reason?": "legal",
        "What are you doing about fraud right now?": "existing",
    },
    "people_you_may_know": {
        "How many contacts does one member have?": "connections",
        "How soon does somebody who just joined get suggestions?": "freshness",
        "What does the present solution look like?": "existing",
        "How often does an invited person say yes?": "rates",
        "Is the office dog friendly?": "",
    },
    "personalized_news_feed": {
        "How many posts are there to choose from for one person?": "candidates",
        "Should posts by strangers be in the feed?": "outside",
        "How long does a post stay interesting?": "lifetime",
        "May the same post come up twice?": "repeats",
        "Is there a response time limit?": "latency",
    },
    "similar_listings": {
        "When do you call two homes similar?": "similar",
        "How many homes does the row hold?": "row",
        "How long after the click do people book?": "delay",
        "Does the row know the travel dates?": "dates",
    },
    "street_view_blurring": {
        "How good is the detector that runs now?": "existing",
        "How big is a panorama?": "pictures",
        "How soon must a picture be online?": "deadline",
        "Which mistake is worse, a missed face or too much blur?": "errors",
    },
    "support_assistant_rag": {
        "Can I send the text to an external model?": "models",
        "How many tickets do you get daily?": "volume",
        "What may one reply cost us?": "budget",
        "Does it need to show where the answer is from?": "citing",
        "What are you running today?": "existing",
    },
    "video_recommendation": {
        "How many videos are there to recommend?": "catalogue",
        "What do you know about viewers who just signed up?": "new_viewers",
        "Is there a time limit for the list?": "latency",
        "Do you ask people whether they liked what they saw?": "surveys",
    },
    "video_search": {
        "Are there relevance grades by humans?": "ratings",
        "Is there a latency constraint?": "latency",
        "Are titles to be trusted?": "misleading",
        "How long is a typical query?": "queries",
    },
    "visual_search": {
        "Are many of the pictures copies?": "copies",
        "Can the user mark a part of the picture?": "query",
        "What are we using right now?": "existing",
        "Do any people judge whether two images are alike?": "rated_pairs",
    },
}
"""For each problem questions with the fact that answers them; none where nothing does."""


@pytest.mark.parametrize("name", ASKED)
def test_a_question_in_other_words_finds_its_fact_first_and_a_stray_one_finds_none(library: Library, name: str) -> None:
    finder = FactFinder(library.problem(name))
    told = {text: [fact.id for fact in hear(text, finder).facts][:1] for text in ASKED[name]}
    assert told == {text: [fact] if fact else [] for text, fact in ASKED[name].items()}


def test_every_bundled_problem_is_asked_about(library: Library) -> None:
    assert set(ASKED) == set(library.files)
