using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Inspection;

/// <summary>Held against what Keras 3.16 itself prints (Golden/keras, with the script).</summary>
[TestFixture]
public sealed class SummaryTests
{
    [SetUp]
    public void StartNaming() => ClearSession();

    [Test]
    public void A_stack_looks_as_in_Keras()
    {
        var model = KerasModels.LeNet();
        model.SummaryText().Should().Be(GoldenFile.Text("keras/lenet.txt"));
        model.SummaryText(showTrainable: true).Should().Be(GoldenFile.Text("keras/lenet_trainable.txt"));
        model.SummaryText(lineLength: 60).Should().Be(GoldenFile.Text("keras/lenet_narrow.txt"));
    }

    [Test]
    public void The_optimizers_numbers_are_counted_once_it_is_built()
    {
        var model = KerasModels.LeNet();
        model.Compile(new Adam(), "categorical_crossentropy");
        model.SummaryText().Should().Be(GoldenFile.Text("keras/lenet.txt"));
        model.Optimizer!.Build(model.Weights);
        model.SummaryText().Should().Be(GoldenFile.Text("keras/lenet_adam.txt"));

        model.Compile(new SGD(momentum: 0.9), "categorical_crossentropy");
        model.Optimizer!.Build(model.Weights);
        model.SummaryText().Should().EndWith(GoldenFile.Text("keras/lenet_momentum.txt")[GoldenFile.Text("keras/lenet_momentum.txt").IndexOf(" Total", StringComparison.Ordinal)..]);
    }

    [Test]
    public void Frozen_layers_and_long_names_look_as_in_Keras()
    {
        var model = KerasModels.Stack();
        model.Layers[0].Trainable = false;
        model.SummaryText().Should().Be(GoldenFile.Text("keras/stack.txt"));
        model.SummaryText(showTrainable: true).Should().Be(GoldenFile.Text("keras/stack_trainable.txt"));
    }

    [TestCase("graph")]
    [TestCase("chain")]
    [TestCase("nested")]
    [TestCase("unbuilt")]
    public void Graphs_look_as_in_Keras(string name)
    {
        var model = KerasModels.Make(name);
        model.SummaryText().Should().Be(GoldenFile.Text($"keras/{name}.txt"));
        model.SummaryText(showTrainable: true).Should().Be(GoldenFile.Text($"keras/{name}_trainable.txt"));
        model.SummaryText(expandNested: true).Should().Be(GoldenFile.Text($"keras/{name}_expanded.txt"));
    }

    [Test]
    public void It_is_written_where_asked_and_only_as_wide_as_there_is_room()
    {
        var model = KerasModels.LeNet();
        using var text = new StringWriter();
        model.Summary(writer: text);
        text.ToString().Should().Be(GoldenFile.Text("keras/lenet.txt"));

        using var output = new StringWriter();
        var before = Output;
        try
        {
            Output = output;
            model.Summary(lineLength: 60);
            model.Diagram();
        }
        finally
        {
            Output = before;
        }
        output.ToString().Should().Be(GoldenFile.Text("keras/lenet_narrow.txt") + model.DiagramText());
    }

    [TestCase("64")]
    [TestCase("10")]
    public void A_narrow_terminal_makes_it_narrower_but_never_unreadable(string columns)
    {
        var (before, output) = (Environment.GetEnvironmentVariable("COLUMNS"), Output);
        using var text = new StringWriter();
        try
        {
            Environment.SetEnvironmentVariable("COLUMNS", columns);
            Output = text;
            KerasModels.LeNet().Summary();
        }
        finally
        {
            Environment.SetEnvironmentVariable("COLUMNS", before);
            Output = output;
        }
        text.ToString().Should().Be(GoldenFile.Text("keras/lenet_narrow.txt"));
    }

    [Test]
    public void A_range_of_layers_can_be_listed()
    {
        var text = KerasModels.LeNet().SummaryText(layerRange: ("flatten", "dense_1"));
        text.Should().Contain("flatten (Flatten)").And.Contain("dense_1 (Dense)").And.NotContain("conv2d").And.NotContain("dense_2");
        FluentActions.Invoking(() => KerasModels.LeNet().SummaryText(layerRange: ("x", "y"))).Should().Throw<KerasException>().WithMessage("Summary: no layer of 'lenet' matches 'x' or 'y'*");
    }

    [Test]
    public void Bad_measures_are_named()
    {
        FluentActions.Invoking(() => KerasModels.LeNet().SummaryText(lineLength: 12)).Should().Throw<KerasException>().WithMessage("Summary: a line of 12 characters is too short*");
        FluentActions.Invoking(() => KerasModels.LeNet().SummaryText(positions: [0.5, 1])).Should().Throw<KerasException>().WithMessage("Summary: positions must hold the end of each of the 3 columns*holds 2*");
    }
}
