using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>A heading of the report and what stands below it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Lead">A sentence that says what there is to see; none where the heading says it.</param>
/// <param name="Content">Elements.</param>
internal sealed record Section(string Title, string? Lead, IReadOnlyList<XElement> Content)
{
    public XElement ToElement(string id) => Html.Element(
        "section",
        Html.Attribute("id", id),
        Html.Element("h2", Title),
        Lead is null ? null : Html.Styled("p", "lead", Lead),
        Content);
}
