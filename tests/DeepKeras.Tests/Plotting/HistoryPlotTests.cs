using System.Xml.Linq;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Plotting;

/// <summary>The curves of a training.</summary>
public sealed class HistoryPlotTests
{
    [Test]
    public void Loss_and_metrics_have_a_chart_each_with_training_and_validation()
    {
        using var folder = new TemporaryFolder();
        Sequential model = [Dense(2, activation: "softmax", inputShape: 3)];
        model.Compile("sgd", "sparse_categorical_crossentropy", ["accuracy"]);
        var history = model.Fit(torch.rand(12, 3), torch.randint(0, 2, [12]), epochs: 4, validationSplit: 0.25, verbose: 0);
        var path = Path.Combine(folder.Path, "curves.svg");
        history.Plot(path, "A training");
        var svg = XElement.Load(path);
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(t => t.Value).ToList();
        texts.Should().ContainInOrder("A training", "loss", "training", "validation", "accuracy");
        texts.Count(t => t == "validation").Should().Be(2);
        svg.Descendants().Where(e => e.Name.LocalName == "polyline").Should().HaveCount(4);
        // Epochs count from 1.
        svg.Descendants().Where(e => e.Name.LocalName == "title").Select(t => t.Value).Should().Contain(t => t.StartsWith("training 1: ", StringComparison.Ordinal)).And.Contain(t => t.StartsWith("validation 4: ", StringComparison.Ordinal));
        history.Plot(Path.Combine(folder.Path, "curves.html"), logarithmic: true);
    }

    [Test]
    public void A_history_without_an_epoch_is_refused()
    {
        Sequential model = [Dense(1, inputShape: 1)];
        model.Compile("sgd", "mse");
        var history = model.Fit(torch.rand(2, 1), torch.rand(2, 1), epochs: 0, verbose: 0);
        history.Invoking(h => h.Plot("curves.svg")).Should().Throw<KerasException>().WithMessage("History.Plot expects at least one finished epoch but received a history without any. Call Fit*");
    }
}
