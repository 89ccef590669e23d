using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepKeras.Vision.Reports;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed partial class ReportPageTests
{
    private static readonly Report s_unsaved = Make();
    private static readonly SavedReport s_report = new(s_unsaved);

    [Test]
    public void A_classifier_of_images_gets_every_section()
    {
        s_report.Titles.Should().Equal("Overview", "Training", "Model", "Confusion matrix", "Classes", "Hardest mistakes", "Where the model looks", "Activation maps", "First filters", "Embedding", "Remarks & <notes>", "Picture", "Grid", "Own");
        s_report.Page.Descendants("p").Should().NotContain(p => (string?)p.Attribute("class") == "refused");
    }

    [Test]
    public void The_page_is_html_with_its_title_and_needs_no_other_file()
    {
        s_report.Text.Should().StartWith("<!DOCTYPE html");
        s_report.Page.Name.LocalName.Should().Be("html");
        s_report.Page.Descendants("title").First().Value.Should().Be("A <title> & \"more\"");
        s_report.Page.Descendants("h1").Single().Value.Should().Be("A <title> & \"more\"");
        s_report.Page.Descendants("script").Should().BeEmpty();
        s_report.Page.Descendants("link").Should().BeEmpty();
        foreach (var attribute in s_report.Page.Descendants().Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            attribute.Value.Should().NotContain("://", "nothing is loaded from elsewhere");
            if (attribute.Name.LocalName == "href") attribute.Value.Should().StartWith("#");
        }
        s_report.Page.Descendants("style").Single().Value.Should().NotContainAny("url(", "@import", "<", "&");
    }

    [Test]
    public void Every_link_of_the_head_leads_to_a_section()
    {
        var ids = s_report.Page.Descendants().Attributes("id").Where(a => a.Parent!.Name.LocalName == "section").Select(a => a.Value).ToList();
        ids.Should().OnlyHaveUniqueItems();
        s_report.Page.Descendants("nav").Single().Elements("a").Select(a => a.Attribute("href")!.Value[1..]).Should().Equal(ids);
    }

    [Test]
    public void No_element_is_closed_in_a_way_that_html_does_not_know()
    {
        // Read as HTML, <td/> opens a cell and never closes it.
        foreach (Match match in SelfClosed().Matches(s_report.Text))
        {
            match.Groups["name"].Value.Should().BeOneOf("meta", "img", "br", "hr", "line", "circle", "rect", "polyline", "polygon", "path", "ellipse", "text", "g", "title");
        }
        SelfClosed().Count(s_report.Text).Should().BeGreaterThan(10);
    }

    [Test]
    public void What_users_wrote_is_escaped()
    {
        s_report.Text.Should().Contain("&lt;b&gt;bird&lt;/b&gt;").And.Contain("cat &amp; dog");
        s_report.Text.Should().NotContain("<b>bird");
        s_report.Section("Remarks & <notes>").Descendants("div").Single().Value.Should().Be("First line\n<i>second</i> & \uFFFD end");
        s_report.Section("Own").Descendants("em").Single().Value.Should().Be("own & true");
    }

    [Test]
    public void Every_picture_is_a_png_of_the_shape_that_the_page_gives_it()
    {
        var pictures = s_report.Pictures;
        pictures.Count.Should().BeGreaterThan(20);
        foreach (var (element, pixels) in pictures)
        {
            var (width, height) = (Number(element, "width"), Number(element, "height"));
            var (rows, columns) = ((double)pixels.shape[0], (double)pixels.shape[1]);
            height.Should().BeApproximately(width * rows / columns, 0.51);
            element.Attribute("alt")!.Value.Should().NotBeEmpty();
            if (width > columns) ((string?)element.Attribute("class")).Should().Be("pixels", "enlarged pictures keep their pixels");
        }
    }

    [Test]
    public void Pictures_of_samples_are_the_samples()
    {
        var (x, y) = ReportModels.Images();
        // The first images of different classes, in order.
        var labels = Numbers(y).ToList();
        var first = labels.Select((label, i) => (label, i)).DistinctBy(p => p.label).Take(3).Select(p => p.i).ToList();
        var shown = s_report.Section("Activation maps").Descendants("div").Where(d => ((string?)d.Attribute("class"))?.Contains("maps", StringComparison.Ordinal) == true).ToList();
        shown.Should().HaveCount(3);
        for (var i = 0; i < shown.Count; i++)
        {
            var picture = s_report.Pictures.First(p => p.Element == shown[i].Descendants("img").First()).Pixels;
            Numbers(picture).Should().Equal(Numbers(x[first[i]].mul(255).round()));
        }
    }

    [Test]
    public void Own_pictures_are_as_given()
    {
        var picture = s_report.Pictures.Single(p => p.Element.Ancestors("section").Single().Element("h2")!.Value == "Picture");
        Numbers(picture.Pixels).Should().Equal(0, 128, 255, 51);
        (Number(picture.Element, "width"), Number(picture.Element, "height")).Should().Be((20, 20));
        s_report.Section("Picture").Descendants("figcaption").Single().Value.Should().Be("four greys");
    }

    [Test]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign, comma.NumberFormat.PercentSymbol) = (",", ".", "~", "pc");
        try
        {
            CultureInfo.CurrentCulture = comma;
            var again = Stamp().Replace(new SavedReport(s_unsaved).Text, "");
            var first = Stamp().Replace(s_report.Text, "");
            again.Zip(first).TakeWhile(p => p.First == p.Second).Count().Should().Be(first.Length, "both are the same to the end");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Report Make()
    {
        var data = ReportModels.Images();
        var model = ReportModels.Classifier();
        var history = model.Fit(data.X, data.Y, epochs: 2, verbose: 0, validationSplit: 0.2);
        var grid = new ImageGrid(columns: 1);
        grid.Add(torch.zeros([3, 3]));
        return Report.For(model, data, history, ReportModels.ClassNames, "A <title> & \"more\"", images: 3, mistakes: 5)
            .Add("Remarks & <notes>", "First line\n<i>second</i> & \0 end")
            .Add("Picture", Floats([0, 0.5f, 1, 0.2f], 2, 2), "four greys", scale: 10)
            .Add("Grid", grid)
            .AddHtml("Own", "<p><em>own &amp; true</em></p>");
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<(?<name>[a-z0-9]+)( [^<>]*)?/>", RegexOptions.ExplicitCapture)]
    private static partial Regex SelfClosed();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d UTC")]
    private static partial Regex Stamp();
}
