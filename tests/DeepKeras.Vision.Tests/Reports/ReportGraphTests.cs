using System.Diagnostics;
using DeepKeras.Vision.Reports;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed class ReportGraphTests
{
    [Test]
    public void The_text_names_every_call_and_every_tensor()
    {
        var model = Branched();
        var nodes = LayerNode.Of(model);
        nodes.Select(n => n.Layer.Name).Should().BeEquivalentTo(["left", "right", "shared", "shared", "say \"hi\" \\ <now>", "out"], "a shared layer is called twice");
        for (var i = 0; i < nodes.Count; i++) nodes[i].Sources.Should().BeSubsetOf(nodes.Take(i).SelectMany(n => n.Results), "what a layer needs stands before it");
        var text = GraphText.Write(model);
        text.Split("->").Length.Should().Be(1 + 2 + 2 + 1 + 1, "two inputs, two into the sum, one into the last layer, one out");
        text.Should().Contain("""label="Dense\nshared · 12", class="dense" """.Trim()).And.Contain("""Add\nsay \"hi\" \\ <now>""");
    }

    [Test]
    public void A_model_may_begin_in_the_middle_of_another()
    {
        var whole = ReportModels.Classifier();
        var part = new Model(whole.Layers[2].Output, whole.Output);
        LayerNode.Of(part).Select(n => (n.Layer.GetType().Name, n.Sources.Count)).Should().Equal(("Conv2D", 0), ("Flatten", 1), ("Dropout", 1), ("Dense", 1), ("Dense", 1));
    }

    [Test]
    public void Without_graphviz_the_plain_diagram_is_shown()
    {
        var model = Branched();
        var unsaved = Report.For(model, Data());
        unsaved.GraphProgram = "/no/such/program";
        var report = new SavedReport(unsaved);
        report.Section("Model").Descendants("pre").Single().Value.Should().Be(model.DiagramText());
        report.Section("Model").Descendants().Should().NotContain(e => e.Name.LocalName == "svg");
    }

    [Test]
    public void A_program_that_fails_or_draws_nothing_is_not_believed()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Skipped: the programs of this test are those of Linux.");
        Graphviz.Draw("digraph {}", "/bin/false").Should().BeNull();
        Graphviz.Draw("digraph {}", "/bin/true").Should().BeNull();
    }

    [Test]
    public void Graphviz_draws_every_box()
    {
        if (!HasGraphviz()) Assert.Ignore("Skipped: Graphviz (the program dot) is not installed. On Debian and Ubuntu: apt-get install graphviz.");
        var report = new SavedReport(Report.For(Branched(), Data()));
        var svg = report.Section("Model").Descendants().Single(e => e.Name.LocalName == "svg");
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(t => t.Value).ToList();
        texts.Should().Contain("say \"hi\" \\ <now>").And.Contain("left").And.Contain("right").And.Contain("output");
        texts.Count(t => t == "shared · 12").Should().Be(2);
        svg.Descendants().Count(e => ((string?)e.Attribute("class"))?.StartsWith("edge", StringComparison.Ordinal) == true).Should().Be(6);
        svg.Descendants().Where(e => e.Name.LocalName == "title").Should().BeEmpty("tooltips of numbers help nobody");
    }

    private static Model Branched()
    {
        var (left, right) = (Input(3, name: "left"), Input(3, name: "right"));
        var shared = Dense(3, name: "shared");
        return new Model([left, right], Dense(1, name: "out")(Add(name: "say \"hi\" \\ <now>")(shared(left), shared(right))));
    }

    private static (DeepKeras.Data.TensorData X, DeepKeras.Data.TensorData Y) Data() => (new[] { torch.rand(4, 3), torch.rand(4, 3) }, torch.rand(4, 1));

    private static bool HasGraphviz()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dot", "-V") { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
