using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Puts the sections of a report together.</summary>
internal static class ReportPage
{
    public static XElement Write(string title, ReportContext context, IEnumerable<Section> added)
    {
        List<Section> sections = [.. Sections(context), .. added];
        var version = typeof(ReportPage).Assembly.GetName().Version!.ToString(3);
        return Html.Element(
            "html",
            Html.Attribute("lang", "en"),
            Html.Element(
                "head",
                Html.Element("meta", Html.Attribute("charset", "utf-8")),
                Html.Element("meta", Html.Attribute("name", "viewport"), Html.Attribute("content", "width=device-width, initial-scale=1")),
                Html.Element("title", title),
                Html.Element("style", Style.Sheet)),
            Html.Element(
                "body",
                Html.Element(
                    "header",
                    Html.Element("h1", title),
                    Html.Styled("p", "subtitle", string.Create(CultureInfo.InvariantCulture, $"{context.Model.Name} · {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC")),
                    ScoreSection.Tiles(context),
                    Html.Element("nav", [.. sections.Select((s, i) => Html.Element("a", Html.Attribute("href", "#" + Id(i)), s.Title))])),
                Html.Element("main", [.. sections.Select((s, i) => s.ToElement(Id(i)))]),
                Html.Element("footer", $"Written by DeepKeras {version}.")));
    }

    private static IEnumerable<Section> Sections(ReportContext context)
    {
        yield return ScoreSection.Write(context);
        if (CurvesSection.Write(context) is { } curves) yield return curves;
        yield return ModelSection.Write(context);
        foreach (var section in ConfusionSection.Write(context)) yield return section;
        foreach (var section in NumbersSection.Write(context)) yield return section;
        foreach (var section in MistakesSection.Write(context)) yield return section;
        if (Attempt("Where the model looks", () => AttributionSection.Write(context)) is { } attribution) yield return attribution;
        if (Attempt("Activation maps", () => ActivationSection.Write(context)) is { } maps) yield return maps;
        if (Attempt("First filters", () => FiltersSection.Write(context)) is { } filters) yield return filters;
        if (Attempt("Embedding", () => EmbeddingSection.Write(context)) is { } embedding) yield return embedding;
    }

    /// <summary>What cannot be drawn for a model (a layer that it runs twice, numbers that are not finite) says so in its place; the rest of the report stays.</summary>
    private static Section? Attempt(string title, Func<Section?> write)
    {
        try
        {
            return write();
        }
        catch (KerasException refusal)
        {
            return new(title, null, [Html.Styled("p", "refused", refusal.Message)]);
        }
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"section-{index + 1}");
}
