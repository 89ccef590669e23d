using static TorchSharp.torch;

namespace TorchSharp.Tests.Utils;

/// <summary>utils.data: samples by number.</summary>
public class TensorDatasetTests
{
    [Test]
    public void A_tensor_data_set_gives_rows()
    {
        using var x = arange(6).reshape(3, 2);
        using var y = arange(3);
        using var data = utils.data.TensorDataset(x, y);
        utils.data.Dataset<IList<Tensor>> seen = data;
        seen.Count.Should().Be(3);
        var row = seen.GetTensor(2);
        row.Should().HaveCount(2);
        row[0].data<long>().ToArray().Should().Equal(4, 5);
        row[1].item<long>().Should().Be(2);
        data[0][0].data<long>().ToArray().Should().Equal(0, 1);
    }

    [Test]
    public void It_keeps_the_tensors_that_it_was_made_of()
    {
        TorchSharp.Modules.TensorDataset data;
        using (NewDisposeScope()) data = utils.data.TensorDataset(ones(2, 2));
        data.GetTensor(1)[0].sum().item<float>().Should().Be(2);
        data.Dispose();
        data.Invoking(d => d.GetTensor(1)).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public void Tensors_of_different_lengths_are_refused()
    {
        FluentActions.Invoking(() => utils.data.TensorDataset(ones(2), ones(3))).Should().Throw<ArgumentException>().WithMessage("*same first dimension*");
        FluentActions.Invoking(() => utils.data.TensorDataset()).Should().Throw<ArgumentNullException>();
    }
}
