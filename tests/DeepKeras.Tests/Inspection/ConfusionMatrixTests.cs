using DeepKeras.Inspection;

namespace DeepKeras.Tests.Inspection;

public class ConfusionMatrixTests
{
    [Test]
    public void Labels_may_be_integers_one_hot_rows_or_whole_floats()
    {
        var scores = Floats([0.1f, 0.8f, 0.1f, 0.2f, 0.2f, 0.6f, 0.9f, 0.1f, 0], 3, 3);
        Tensor[] truths = [Integers([1, 0, 0], 3), Integers([1, 0, 0], 3, 1), Floats([0, 1, 0, 1, 0, 0, 1, 0, 0], 3, 3)];
        foreach (var truth in truths)
        {
            var matrix = ConfusionMatrix.Of(truth, scores);
            matrix.Accuracy.Should().BeApproximately(2 / 3.0, 1e-9);
            matrix[0, 2].Should().Be(1);
        }
        ConfusionMatrix.Of(Vector(2, 0, 1), Vector(2, 0, 0))[2, 2].Should().Be(1, "floats above 1 are class numbers, not probabilities");
    }

    [Test]
    public void Probabilities_of_one_unit_are_cut_at_one_half() =>
        ConfusionMatrix.Of(Vector(0, 1, 1), Floats([0.2f, 0.7f, 0.4f], 3, 1))[1, 0].Should().Be(1);
}
