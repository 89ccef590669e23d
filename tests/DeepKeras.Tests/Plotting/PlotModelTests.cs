using DeepKeras.Layers;
using DeepKeras.Plotting;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Plotting;

/// <summary>Models as graphs.</summary>
[NonParallelizable]
public sealed class PlotModelTests
{
    [SetUp]
    public void Start() => ClearSession();

    [TearDown]
    public void Restore() => Graphviz.Program = "dot";

    [Test]
    public void Each_layer_has_a_box_and_each_tensor_an_arrow()
    {
        var dot = Plot.ModelToDot(KerasModels.Graph(), showLayerNames: true);
        foreach (var name in new[] { "first", "second", "shared", "both", "total", "head" }) dot.Should().Contain($"<B>{name}</B>");
        // The shared layer is called twice, so it has two boxes.
        Count(dot, " [label=").Should().Be(7);
        Count(dot, " -> ").Should().Be(7);
        dot.Should().Contain("rankdir=TB").And.NotContain("Output shape").And.NotContain("Trainable");
    }

    [Test]
    public void Options_add_rows()
    {
        var model = KerasModels.LeNet();
        model.Layers[0].Trainable = false;
        var dot = Plot.ModelToDot(model, showShapes: true, showDtype: true, rankdir: "LR", showLayerActivations: true, showTrainable: true);
        dot.Should().Contain("rankdir=LR").And.Contain("Input shape:</FONT>&#160;(None, 32, 32, 1)").And.Contain("Output shape:</FONT>&#160;(None, 28, 28, 6)");
        dot.Should().Contain("Activation:</FONT>&#160;tanh").And.Contain("Activation:</FONT>&#160;softmax").And.Contain("Output dtype:</FONT>&#160;float32");
        Count(dot, "Trainable:</FONT>&#160;no").Should().Be(1);
        Count(dot, "Trainable:</FONT>&#160;yes").Should().Be(4);
    }

    [Test]
    public void Nested_models_are_one_box_or_a_frame()
    {
        var model = KerasModels.Nested();
        Plot.ModelToDot(model).Should().NotContain("cluster");
        var dot = Plot.ModelToDot(model, expandNested: true, showLayerNames: true);
        Count(dot, "subgraph cluster_").Should().Be(2);
        foreach (var name in new[] { "d1", "d2", "left", "right", "top" }) dot.Should().Contain($"<B>{name}</B>");
        dot.Should().Contain("label=\"inner\"").And.Contain("label=\"two_headed\"").And.NotContain("inner_input");
        Count(dot, " -> ").Should().Be(5);
        dot[dot.IndexOf("subgraph", StringComparison.Ordinal)..dot.LastIndexOf("  }", StringComparison.Ordinal)].Should().NotContain(" -> ", "arrows inside a frame would pull boxes into it");
    }

    [TestCase("graph.svg", "<svg")]
    [TestCase("graph.html", "<!DOCTYPE html>")]
    [TestCase("graph.png", "PNG")]
    [TestCase("graph.pdf", "%PDF")]
    [TestCase("graph.dot", "digraph {")]
    public void The_name_of_the_file_decides_what_is_written(string name, string expected)
    {
        if (!name.EndsWith(".dot", StringComparison.Ordinal) && !HasGraphviz()) Assert.Ignore("Skipped: Graphviz (the program dot) is not installed. On Debian and Ubuntu: apt-get install graphviz.");
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        var input = Input(3, name: "a <b> & \"c\"");
        Plot.Model(new Model(input, Dense(2, name: "out")(input)), path, showShapes: true, showLayerNames: true, dpi: 72);
        System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)).Should().Contain(expected);
    }

    [Test]
    public void What_cannot_be_plotted_is_refused()
    {
        var model = KerasModels.Chain();
        Refused(() => Plot.Model(model, "graph.bmp"), "A plot expects a file name that ends in .svg, .png, .pdf, .html or .dot but received 'graph.bmp'.*");
        Refused(() => Plot.Model(model, "graph.dot", rankdir: "XY"), "*rankdir*\"TB\", \"LR\"*");
        Refused(() => Plot.Model(model, "graph.dot", dpi: 0), "*dpi*");
        Refused(() => Plot.Model(new Sequential([new Dense(1)]), "graph.dot"), "*cannot be plotted: its input shape is not known yet*");
        Graphviz.Program = "no-such-program-dot";
        Refused(() => Plot.Model(model, "graph.svg"), "Plot.Model expects the program 'no-such-program-dot' of Graphviz on PATH to draw 'graph.svg' but did not find it. Install Graphviz*or write a .dot file*");
        if (!File.Exists("/bin/false")) return;
        Graphviz.Program = "/bin/false";
        Refused(() => Plot.Model(model, "graph.svg"), "Plot.Model expects Graphviz to draw*but received an error from it*Write a .dot file*");

        static void Refused(Action act, string message) => act.Should().Throw<KerasException>().WithMessage(message);
    }

    private static bool HasGraphviz() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "dot")) || File.Exists(Path.Combine(folder, "dot.exe")));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
