using System.Globalization;
using DeepKeras.Data;
using DeepKeras.Vision.Reports;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Reports;

/// <summary>Models that are no classifiers of images.</summary>
[TestFixture]
public sealed class ReportKindsTests
{
    [Test]
    public void Predicted_numbers_get_their_errors()
    {
        // One weight each: the first output is x, the second 2x + 1.
        var model = new Sequential([Dense(2, inputShape: 1)]);
        model.SetWeights([Floats([1, 2], 1, 2), Vector(0, 1)]);
        var x = Floats([0, 1, 2, 3], 4, 1);
        var y = Floats([1, 1, 1, 3.5f, 2, 5, 3, 9], 4, 2);
        var report = new SavedReport(Report.For(model, (x, y), classNames: ["left", "right"]));
        report.Titles.Should().Equal("Overview", "Model", "Errors");
        // Errors left: −1, 0, 0, 0. Right: 0, −0.5, 0, −2. R²: 1 − 1 / 2.75 (mean 1.75), 1 − 4.25 / 33.6875 (mean 4.625).
        report.Table("Errors").Should().BeEquivalentTo(new[]
        {
            new[] { "left", "0.2500", "0.5000", "-0.2500", "0.6364" },
            ["right", "0.6250", "1.0308", "-0.6250", "0.8738"],
        });
        report.Section("Errors").Descendants().Count(e => e.Name.LocalName == "circle").Should().Be(8);
        report.Page.Descendants("strong").First().Value.Should().Be("0.4375", "the mean absolute error over both numbers");
    }

    [Test]
    public void One_probability_tells_two_classes_apart()
    {
        var model = new Sequential([Dense(1, activation: "sigmoid", inputShape: 1)]);
        model.SetWeights([Floats([1], 1, 1), Vector(0)]);
        // A probability of one half is class 0.
        var report = new SavedReport(Report.For(model, (Floats([-2, 2, 3, -1, 0], 5, 1), Integers([0, 1, 0, 1, 0], 5)), classNames: ["no", "yes"]));
        report.Table("Confusion matrix").Select(r => string.Join(' ', r)).Should().Equal("no 2 1", "yes 1 1");
        // The hardest first: the probability of the truth was 1 / (1 + e³) and 1 / (1 + e).
        report.Table("Hardest mistakes").Select(r => string.Join(' ', r)).Should().Equal("2 no yes 95.3\u00A0% 4.7\u00A0%", "3 yes no 73.1\u00A0% 26.9\u00A0%");
    }

    [Test]
    public void Scores_without_an_activation_are_taken_through_softmax_or_sigmoid()
    {
        var several = new Sequential([Dense(2, inputShape: 1)]);
        several.SetWeights([Floats([1, -1], 1, 2), Vector(0, 0)]);
        var report = new SavedReport(Report.For(several, (Floats([2, -1], 2, 1), Integers([1, 1], 2))));
        report.Table("Hardest mistakes").Single().Should().Equal("0", "1", "0", "98.2\u00A0%", "1.8\u00A0%");
        var one = new Sequential([Dense(1, inputShape: 1)]);
        one.SetWeights([Floats([1], 1, 1), Vector(0)]);
        report = new(Report.For(one, (Floats([0.4f, -3], 2, 1), Integers([0, 0], 2))));
        report.Table("Confusion matrix").Select(r => string.Join(' ', r)).Should().Equal("0 1 1", "1 0 0");
        report.Table("Hardest mistakes").Single().Should().Equal("0", "0", "1", "59.9\u00A0%", "40.1\u00A0%");
    }

    [Test]
    public void Several_labels_at_once_get_a_row_each()
    {
        var model = new Sequential([Dense(2, activation: "sigmoid", inputShape: 2)]);
        model.SetWeights([Floats([1, 0, 0, 1], 2, 2), Vector(0, 0)]);
        var x = Floats([5, 5, -5, 5, 5, -5, -5, -5], 4, 2);
        var y = Floats([1, 1, 1, 1, 1, 0, 0, 1], 4, 2);
        var report = new SavedReport(Report.For(model, (x, y), classNames: ["big", "red"]));
        report.Table("Labels").Select(r => string.Join(' ', r).Replace("\u00A0%", "", StringComparison.Ordinal)).Should().Equal("big 3 75.0 100.0 66.7 80.0", "red 3 75.0 100.0 66.7 80.0");
        report.Titles.Should().NotContain("Confusion matrix");
    }

    [Test]
    public void What_an_output_is_for_shows_only_after_all_data()
    {
        var model = new Sequential([Dense(1, inputShape: 1)]);
        // The first batch looks like classes 0 and 1; the second does not.
        var data = Dataset.FromTensors(Floats([0, 1, 2, 3], 4, 1), Floats([0, 1, 1, 2.5f], 4, 1)).Batch(2);
        new SavedReport(Report.For(model, data)).Titles.Should().Contain("Errors").And.NotContain("Confusion matrix");
    }

    [Test]
    public void Every_output_has_sections_of_its_own_whatever_the_order_of_the_names()
    {
        var (model, data) = TwoHeads();
        var report = new SavedReport(Report.For(model, data, classNames: ["a", "b", "c"]));
        report.Titles.Should().Equal("Overview", "Model", "Confusion matrix: kind", "Classes: kind", "Errors: size", "Hardest mistakes: kind", "Greatest errors: size", "First filters", "Embedding");
    }

    [Test]
    public void What_cannot_be_drawn_says_why_in_its_place()
    {
        var x = Input((8, 8, 3));
        var twice = Conv2D(3, 3, padding: "same", name: "twice");
        var model = new Model(x, Dense(2, activation: "softmax")(GlobalAveragePooling2D()(twice(twice(x)))));
        var report = new SavedReport(Report.For(model, (torch.rand(4, 8, 8, 3), Integers([0, 1, 1, 0], 4))));
        report.Section("Activation maps").Elements("p").Single().Value.Should().Contain("'twice'");
        report.Section("First filters").Descendants("img").Should().ContainSingle("weights are there whatever runs them");
    }

    [Test]
    public void A_model_that_is_not_built_yet_is_built_by_the_data()
    {
        Sequential model = [Flatten(), Dense(3, activation: "softmax")];
        var report = new SavedReport(Report.For(model, (new float[6, 4], new long[6])));
        report.Table("Model").Select(r => r[2]).Should().Equal("(None, 4)", "(None, 3)");
    }

    [Test]
    public void Images_may_be_bytes_gray_channels_first_or_centred()
    {
        var bytes = Integers([.. Enumerable.Range(0, 2 * 8 * 8).Select(i => (long)(i * 2))], 2, 8, 8, 1).to_type(ScalarType.Byte);
        var labels = Integers([0, 1], 2);
        var inputs = new (Tensor Input, DataFormat Format)[]
        {
            (bytes, default),
            (bytes.to_type(ScalarType.Float32), default),
            (bytes.to_type(ScalarType.Float32).div(255), default),
            (bytes.to_type(ScalarType.Float32).div(127.5).sub(1), default),
            (bytes.to_type(ScalarType.Float32).div(255).permute(0, 3, 1, 2), "channels_first"),
        };
        foreach (var (input, format) in inputs)
        {
            var model = new Sequential([Conv2D(2, 3, dataFormat: format, inputShape: new Shape(input.shape[1..])), Flatten(), Dense(2, activation: "softmax")]);
            var report = new SavedReport(Report.For(model, (input, labels)));
            var shown = report.Pictures.First(p => p.Element.Ancestors("section").Single().Element("h2")!.Value == "Activation maps").Pixels;
            Numbers(shown).Should().Equal(Numbers(bytes[0]));
        }
    }

    [Test]
    public void Layers_of_nested_models_are_listed_and_their_maps_are_drawn()
    {
        var inner = new Sequential([Conv2D(3, 3, activation: "relu", inputShape: (8, 8, 3), name: "eye"), GlobalAveragePooling2D()], name: "base");
        var x = Input((8, 8, 3));
        var model = new Model(x, Dense(2, activation: "softmax")(inner.Apply(x)));
        foreach (var layer in inner.Layers) layer.Trainable = false;
        var report = new SavedReport(Report.For(model, (torch.rand(4, 8, 8, 3), Integers([0, 1, 1, 0], 4))));
        report.Table("Model").Select(r => r[0].Trim('\u2003')).Should().Contain("└ eye frozen");
        report.Titles.Should().Contain("Activation maps").And.Contain("First filters").And.Contain("Where the model looks");
        report.Table("Overview").Single(r => r[0] == "non-trainable")[1].Should().Be(84.ToString(CultureInfo.InvariantCulture));
    }

    private static (Model Model, Dataset<Batch> Data) TwoHeads()
    {
        SetRandomSeed(2);
        var image = Input((8, 8, 3), name: "image");
        var extra = Input(2, name: "extra");
        var joined = Concatenate()(GlobalAveragePooling2D()(Conv2D(4, 3)(image)), extra);
        var model = new Model([image, extra], [Dense(3, activation: "softmax", name: "kind")(joined), Dense(1, name: "size")(joined)]);
        var inputs = new Dictionary<string, Tensor> { ["extra"] = torch.rand(9, 2), ["image"] = torch.rand(9, 8, 8, 3) };
        var targets = new Dictionary<string, Tensor> { ["size"] = torch.rand(9, 1), ["kind"] = Integers([0, 1, 2, 0, 1, 2, 0, 1, 2], 9) };
        return (model, Dataset.FromTensors(inputs, targets).Batch(4));
    }
}
