using DeepKeras.Data;
using DeepKeras.Vision.Reports;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed class ReportRefusalTests
{
    private readonly Sequential _model = new([Dense(3, activation: "softmax", inputShape: 2)]);
    private readonly (Tensor X, Tensor Y) _data = (torch.rand(5, 2), Integers([0, 1, 2, 0, 1], 5));

    [Test]
    public void Bad_arguments_are_named()
    {
        Refused(() => Report.For(_model, _data, images: -1), "Report: images must be at least 0 but was -1*");
        Refused(() => Report.For(_model, _data, mistakes: -2), "Report: mistakes must be at least 0 but was -2*");
        Refused(() => Report.For(_model, _data, points: -3), "Report: points must be at least 0 but was -3*");
        Refused(() => Report.For(_model, _data).Add("p", torch.zeros(2, 2), scale: 0), "Report: scale must be at least 1 but was 0*");
        Refused(() => Report.For(_model, _data).Add("p", torch.zeros(2, 2, 2)), "Report: a picture must be*received (2, 2, 2)*images*");
        Refused(() => Report.For(_model, _data).AddHtml("Own part", "<p>open"), "Report: the HTML of section \"Own part\" is not well-formed:*Close every tag*");
        Refused(() => Report.For(_model, _data).AddHtml("x", "a &nbsp; b"), "*not well-formed*");
    }

    [Test]
    public void An_old_report_stays_when_a_new_one_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("report.html");
        File.WriteAllText(path, "old");
        Refused(() => Report.For(_model, _data, classNames: ["a", "b"]).Save(path), "Report: there are 2 class names but the model tells 3 classes apart*");
        Refused(() => Report.For(_model, Dataset.From(Array.Empty<Batch>())).Save(path), "Report: the data hold no sample*");
        var named = Dataset.FromTensors(new Dictionary<string, Tensor> { ["other"] = _data.X }, _data.Y).Batch(2);
        Refused(() => Report.For(_model, named).Save(path), "Report: the model has an input '*' but the data set's batches bring 'other'*");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(folder.Path).Should().ContainSingle();
        Refused(() => Report.For(_model, _data).Save(folder.File("no/such/folder.html")), "*no/such/folder.html*");
    }

    private static void Refused(Action act, string message) => FluentActions.Invoking(act).Should().Throw<KerasException>().WithMessage(message);
}
