using DeepKeras.Data;
using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed class ReportMemoryTests
{
    [Test]
    public void Data_are_streamed_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        var model = ReportModels.Classifier();
        var alive = new List<long>();
        var data = Dataset.FromBatches(() => Enumerable.Range(0, 40).Select(i =>
        {
            alive.Add(Tensor.TotalCount);
            var (x, y) = ReportModels.Images(8, i);
            return ((TensorData)x, (TensorData)y);
        }));
        Report.For(model, data).Save(folder.File("report.html"));
        var pass = alive.Take(40).ToList();
        // The six samples that are shown are there after the first batches; from then on the number of live tensors stays.
        pass[^1].Should().BeLessThanOrEqualTo(pass[10]);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Report.For(model, data).Save(folder.File("report.html"));
        Tensor.TotalCount.Should().Be(before);
    }
}
