using System.Diagnostics;
using System.Text.RegularExpressions;
using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

/// <summary>The page in a real browser: Chromium without a window.</summary>
[TestFixture]
public sealed partial class ReportBrowserTests
{
    /// <summary>Forbids the page to load anything: what it tries is a message on the console.</summary>
    private const string Fence = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>""";

    [Test]
    public void The_browser_has_nothing_to_complain_about()
    {
        var browser = Find();
        using var folder = new TemporaryFolder();
        var data = ReportModels.Images();
        var model = ReportModels.Classifier();
        var history = model.Fit(data.X, data.Y, epochs: 2, verbose: 0, validationSplit: 0.2);
        Report.For(model, data, history, ReportModels.ClassNames, "A <title>").Save(folder.File("report.html"));
        var page = Path.Combine(folder.Path, "fenced.html");
        File.WriteAllText(page, File.ReadAllText(folder.File("report.html")).Replace("<head>", "<head>" + Fence, StringComparison.Ordinal));
        var (document, messages) = Open(browser, page, folder, "--dump-dom");
        messages.Should().BeEmpty();
        document.Should().Contain("<title>A &lt;title&gt;</title>");
        // The browser's own tree has the same sections, and no image that it could not show.
        Regex.Count(document, "<section ").Should().Be(new SavedReport(Report.For(model, data, history, ReportModels.ClassNames, "A <title>")).Titles.Count);

        (_, messages) = Open(browser, page, folder, "--screenshot=" + folder.File("page.png"), "--window-size=1200,1600", "--hide-scrollbars", "--force-device-scale-factor=1");
        messages.Should().BeEmpty();
        using var picture = ImageFile.Load(folder.File("page.png"), channels: 3);
        picture.shape.Should().Equal(1600, 1200, 3);
        // Paper, cards, ink, and the colours of charts and pictures: a page without its style sheet has no such variety.
        Numbers(picture).Chunk(3).Select(c => (c[0], c[1], c[2])).Distinct().Count().Should().BeGreaterThan(200);
    }

    [Test]
    public void What_is_wrong_would_be_seen()
    {
        var browser = Find();
        using var folder = new TemporaryFolder();
        var page = folder.File("bad.html");
        File.WriteAllText(page, $"<!DOCTYPE html><html><head>{Fence}<title>x</title></head><body><img src=\"http://127.0.0.1:9/x.png\"/><script>undefinedFunction();</script></body></html>");
        var (_, messages) = Open(browser, page, folder, "--dump-dom");
        messages.Should().Contain(m => m.Contains("http://127.0.0.1:9/x.png")).And.HaveCountGreaterThanOrEqualTo(2);
    }

    private static string Find()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => names.Select(n => Path.Combine(folder, n))).FirstOrDefault(File.Exists);
        if (found is null) Assert.Ignore("Skipped: no Chromium is installed. On Debian: apt-get install chromium.");
        return found!;
    }

    /// <summary>What the browser printed, and the lines of its console.</summary>
    private static (string Output, IReadOnlyList<string> Messages) Open(string browser, string page, TemporaryFolder folder, params string[] more)
    {
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0", "--user-data-dir=" + folder.File(Guid.NewGuid().ToString("N")), .. more, new Uri(page).AbsoluteUri,
        ];
        using var process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var log = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The browser did not end within two minutes.");
        }
        process.ExitCode.Should().Be(0, log.Result);
        return (output.Result, [.. log.Result.Split('\n').Where(l => Console().IsMatch(l))]);
    }

    [GeneratedRegex(":CONSOLE[:(]")]
    private static partial Regex Console();
}
