"""The same bar chart by vl-convert (Vega-Lite) and by matplotlib, for benches/charts.rs.

python3 charts.py vega|matplotlib FORMAT OUT NAME=VALUE...   makes it once: a cold process.
python3 charts.py vega|matplotlib FORMAT - NAME=VALUE...     makes it once for each line that comes in, and answers with the milliseconds.
"""

import io
import sys
import time


def vega(bars, format):
    import vl_convert

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": "Commitments by theme", "subtitle": "Number of records", "anchor": "start"},
        "width": 560,
        "data": {"values": [{"name": name, "value": value} for name, value in bars]},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "value", "type": "quantitative", "title": None},
        },
        "layer": [
            {"mark": "bar"},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "value"}}},
        ],
    }
    if format == "png":
        return vl_convert.vegalite_to_png(spec, scale=2)
    if format == "pdf":
        return vl_convert.vegalite_to_pdf(spec)
    return vl_convert.vegalite_to_svg(spec).encode()


def matplotlib(bars, format):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(800 / 96, 460 / 96), dpi=192, layout="constrained")
    names = [name for name, _ in bars][::-1]
    values = [value for _, value in bars][::-1]
    drawn = axes.barh(names, values)
    axes.bar_label(drawn, padding=4)
    axes.set_title("Commitments by theme", loc="left")
    out = io.BytesIO()
    figure.savefig(out, format=format)
    pyplot.close(figure)
    return out.getvalue()


def main():
    how, format, out = sys.argv[1:4]
    bars = [(name, float(value)) for name, value in (part.rsplit("=", 1) for part in sys.argv[4:])]
    make = {"vega": vega, "matplotlib": matplotlib}[how]
    if out != "-":
        with open(out, "wb") as file:
            file.write(make(bars, format))
        return
    make(bars, format)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        make(bars, format)
        print((time.perf_counter() - start) * 1e3, flush=True)


main()
