"""Another anonymiser on the same texts, run by the Python that has it: reads and prints JSON."""

import json
import sys
import time

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_anonymizer import AnonymizerEngine
from spacy import load


def main() -> None:
    """Print the seconds that Presidio and plain spaCy take for the texts given."""
    given = json.load(sys.stdin)
    model = given["model"]
    chosen = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": model}],
    }
    engine = NlpEngineProvider(nlp_configuration=chosen).create_engine()
    analyser, anonymiser, plain = AnalyzerEngine(nlp_engine=engine), AnonymizerEngine(), load(model)
    seconds: dict[str, list[float]] = {"presidio": [], "spacy": []}
    for _ in range(given["times"]):
        began = time.process_time()
        for text in given["texts"]:
            anonymiser.anonymize(text, analyser.analyze(text, language="en"))
        seconds["presidio"].append(time.process_time() - began)
        began = time.process_time()
        for text in given["texts"]:
            plain(text)
        seconds["spacy"].append(time.process_time() - began)
    print(json.dumps({name: min(each) for name, each in seconds.items()}))


if __name__ == "__main__":
    main()
