using System.Globalization;
using DeepKeras.Data;
using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

/// <summary>The numbers in the tables, counted again here from the model's predictions.</summary>
[TestFixture]
public sealed class ReportFiguresTests
{
    private readonly (Tensor X, Tensor Y) _data = ReportModels.Images();
    private Sequential _model = null!;
    private SavedReport _report = null!;
    private double[] _truth = [];
    private double[][] _probabilities = [];

    [OneTimeSetUp]
    public void Write()
    {
        _model = ReportModels.Classifier();
        // Batches of 32 and a smaller last one, as a data set.
        _report = new SavedReport(Report.For(_model, Dataset.FromTensors(_data.X, _data.Y).Batch(32), mistakes: 4));
        _truth = Numbers(_data.Y);
        _probabilities = [.. Numbers(_model.Predict(_data.X)).Chunk(ReportModels.Classes)];
    }

    [Test]
    public void The_confusion_matrix_counts_every_sample()
    {
        var counts = new int[ReportModels.Classes, ReportModels.Classes];
        for (var i = 0; i < _truth.Length; i++) counts[(int)_truth[i], Best(i)]++;
        var rows = _report.Table("Confusion matrix");
        rows.Should().HaveCount(ReportModels.Classes);
        for (var truth = 0; truth < ReportModels.Classes; truth++)
        {
            rows[truth][0].Should().Be(truth.ToString(CultureInfo.InvariantCulture));
            rows[truth][1..].Should().Equal(Enumerable.Range(0, ReportModels.Classes).Select(c => counts[truth, c].ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public void The_most_frequent_confusions_stand_first()
    {
        var expected = Enumerable.Range(0, _truth.Length).Where(i => Best(i) != (int)_truth[i]).GroupBy(i => ((int)_truth[i], Best(i))).Select(g => g.Count()).OrderDescending().Take(12);
        _report.Table("Confusion matrix", 1).Select(r => int.Parse(r[1], CultureInfo.InvariantCulture)).Should().Equal(expected);
    }

    [Test]
    public void Recall_precision_and_f1_of_every_class()
    {
        var rows = _report.Table("Classes");
        double sum = 0;
        for (var c = 0; c < ReportModels.Classes; c++)
        {
            var samples = Enumerable.Range(0, _truth.Length).Where(i => (int)_truth[i] == c).ToList();
            var found = Enumerable.Range(0, _truth.Length).Where(i => Best(i) == c).ToList();
            var right = samples.Intersect(found).Count();
            var recall = (double)right / samples.Count;
            sum += recall;
            rows[c][1].Should().Be(samples.Count.ToString(CultureInfo.InvariantCulture));
            rows[c][2].Should().Be(Percent(recall));
            rows[c][3].Should().Be(found.Count == 0 ? "–" : Percent((double)right / found.Count));
            rows[c][4].Should().Be(Percent(2.0 * right / (samples.Count + found.Count)));
        }
        rows[^1][1..3].Should().Equal(_truth.Length.ToString(CultureInfo.InvariantCulture), Percent(sum / ReportModels.Classes));
    }

    [Test]
    public void The_score_is_what_evaluate_measures()
    {
        var score = _model.Evaluate(_data.X, _data.Y, verbose: 0);
        var rows = _report.Table("Overview");
        rows.Select(r => r[0]).Should().Equal("loss", "accuracy");
        double.Parse(rows[0][1], CultureInfo.InvariantCulture).Should().BeApproximately(score.Loss, 0.0002);
        rows[1][1].Should().Be(score["accuracy"].ToString("0.0000", CultureInfo.InvariantCulture));
        _report.Page.Descendants("strong").First().Value.Should().Be(Percent(score["accuracy"]));
    }

    [Test]
    public void The_hardest_mistakes_left_the_truth_the_least_probability()
    {
        var wrong = Enumerable.Range(0, _truth.Length).Where(i => Best(i) != (int)_truth[i]).OrderBy(i => _probabilities[i][(int)_truth[i]]).Take(4).ToList();
        var captions = _report.Section("Hardest mistakes").Descendants("figcaption").Select(c => c.Value).ToList();
        captions.Should().Equal(wrong.Select(i => $"{Best(i)} {Percent(_probabilities[i][Best(i)])}is {_truth[i]} · {i}"));
        var pictures = _report.Pictures.Where(p => p.Element.Ancestors("section").Single().Element("h2")!.Value == "Hardest mistakes").Select(p => p.Pixels).ToList();
        for (var i = 0; i < wrong.Count; i++) Numbers(pictures[i]).Should().Equal(Numbers(_data.X[wrong[i]].mul(255).round()));
    }

    [Test]
    public void The_table_of_layers_adds_up()
    {
        var rows = _report.Table("Model");
        rows.Select(r => r[0]).Should().Equal(_model.Layers.Select(l => l.Name));
        rows.Select(r => r[1]).Should().Equal("Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dropout", "Dense", "Dense");
        rows.Select(r => r[2]).Should().Equal("(None, 10, 10, 6)", "(None, 5, 5, 6)", "(None, 3, 3, 20)", "(None, 180)", "(None, 180)", "(None, 8)", "(None, 4)");
        // 3·3·3·6+6, 3·3·6·20+20, 180·8+8, 8·4+4
        rows.Select(r => r[3]).Should().Equal("168", "", "1,100", "", "", "1,448", "36");
        _report.Table("Overview", 1).Select(r => (r[0], r[1])).Should().Equal(("layers", "7"), ("total parameters", "2,752"), ("trainable", "2,752"), ("non-trainable", "0"), ("optimizer", "Adam"));
    }

    [Test]
    public void Every_sample_is_a_point_of_the_embedding()
    {
        var section = _report.Section("Embedding");
        section.Elements("p").First().Value.Should().Contain("(dense").And.Contain("90 samples").And.Contain("principal components", "90 samples are too few for t-SNE");
        section.Descendants().Count(e => e.Name.LocalName == "circle" && e.Parent!.Name.LocalName == "g").Should().Be(90);
        section.Descendants("li").Select(l => l.Value).Should().Equal("0", "1", "2", "3");
    }

    [Test]
    public void Labels_as_one_hot_rows_give_the_same_table()
    {
        var model = ReportModels.Classifier();
        model.Compile("adam", "categorical_crossentropy");
        var report = new SavedReport(Report.For(model, (_data.X, Keras.ToCategorical(_data.Y, ReportModels.Classes)), images: 0, points: 0));
        report.Table("Confusion matrix").Should().BeEquivalentTo(_report.Table("Confusion matrix"));
        report.Titles.Should().NotContain("Embedding").And.NotContain("Activation maps").And.NotContain("Training");
    }

    private static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0%";

    private int Best(int sample) => Array.IndexOf(_probabilities[sample], _probabilities[sample].Max());
}
