using System.Runtime.CompilerServices;
using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Asynchronous enumerations and TorchSharp's data sets.</summary>
public class AdapterTests
{
    [Test]
    public void An_asynchronous_enumeration_is_read_in_every_pass()
    {
        var data = Dataset.FromAsync(() => Numbers(5), 5);
        data.Count.Should().Be(5);
        for (var pass = 0; pass < 2; pass++) data.Elements().Should().Equal(0, 1, 2, 3, 4);
        data.Map(i => i * 2, workers: 2).Prefetch(2).Elements().Should().Equal(0, 2, 4, 6, 8);
        Dataset.FromAsync(() => Numbers(0)).Elements().Should().BeEmpty();
    }

    [Test]
    public void A_failure_on_the_way_comes_through_as_it_is()
    {
        foreach (var data in new[] { Dataset.FromAsync(() => Numbers(5, breakAt: 3)), Dataset.FromAsync(() => Numbers(5, breakAt: 3)).Prefetch(1) })
        {
            data.Invoking(d => d.Elements().ToList()).Should().Throw<IOException>().WithMessage("gone").Which.StackTrace.Should().Contain(nameof(Numbers));
        }
    }

    [Test]
    public void Giving_the_pass_up_ends_the_enumeration()
    {
        var ended = 0;
        using (var pass = Dataset.FromAsync(() => Numbers(1000, atEnd: () => ended++)).Elements().GetEnumerator()) pass.MoveNext().Should().BeTrue();
        ended.Should().Be(1);
    }

    [Test]
    public void A_wait_is_over_when_the_run_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile("sgd", "mse");
        using var ended = new ManualResetEventSlim();
        var data = Dataset.FromAsync(() => Hanging(() => stop.CancelAfter(50), ended)).Map(t => new Sample(t, torch.zeros(1))).Batch(2);
        model.Fit(data, stepsPerEpoch: 5, verbose: 0, cancellationToken: stop.Token).WasInterrupted.Should().BeTrue();
        ended.Wait(5000).Should().BeTrue("the enumeration's token was cancelled");
    }

    [Test]
    public void A_waiting_thread_with_a_context_does_not_block_itself()
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new DeafContext());
            Dataset.FromAsync(() => Numbers(3)).Elements().Should().Equal(0, 1, 2);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Test]
    public void TorchSharp_s_data_sets_are_read()
    {
        var (x, y) = (Ramp(0, 1, 4, 2), Ramp(0, 1, 4));
        using var pairs = torch.utils.data.TensorDataset(x, y);
        Dataset<Sample> data = Dataset.FromTorch(pairs);
        data.Count.Should().Be(4);
        var batch = data.Batch(4).Elements().Single();
        Same(batch.Inputs[0], x).Should().BeTrue();
        Same(batch.Targets[0], y).Should().BeTrue();
        var inputs = Dataset.FromTorch(pairs, targets: 0).Elements().First();
        (inputs.Inputs.Length, inputs.Targets.Length).Should().Be((2, 0));
        Dataset.FromTorch(pairs, targets: 2).Invoking(d => d.Elements().ToList()).Should().Throw<KerasException>().WithMessage("*one input and 2 target(s)*list of 2*");
        FluentActions.Invoking(() => Dataset.FromTorch(pairs, targets: -1)).Should().Throw<KerasException>().WithMessage("targets must be at least 0 but was -1.");
    }

    [Test]
    public void TorchSharp_s_data_sets_with_names_and_of_any_kind_are_read()
    {
        using var named = new NamedDataset();
        var sample = Dataset.FromTorch(named).Elements().Last();
        (Number(sample.Inputs[0]), Number(sample.Targets[0])).Should().Be((2, 20));
        Number(Dataset.FromTorch(named, "label", "data").Elements().Last().Inputs[0]).Should().Be(20);
        Dataset.FromTorch(named, "image").Invoking(d => d.Elements().ToList()).Should().Throw<KerasException>().WithMessage("*image*");
        using var words = new WordDataset();
        Dataset.From(words).Shuffle(9, seed: 1).Elements().Should().BeEquivalentTo("word 0", "word 1");
    }

    private static async IAsyncEnumerable<int> Numbers(int count, int breakAt = -1, Action? atEnd = null)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (i % 2 == 0) await Task.Yield();
                if (i == breakAt) throw new IOException("gone");
                yield return i;
            }
        }
        finally
        {
            atEnd?.Invoke();
        }
    }

    private static async IAsyncEnumerable<Tensor> Hanging(Action wait, ManualResetEventSlim ended, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (var i = 0; i < 3; i++) yield return torch.ones(2);
            wait();
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            ended.Set();
        }
    }

    /// <summary>Like a window's, whose thread waits: what is posted to it never runs.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    private sealed class NamedDataset : torch.utils.data.Dataset
    {
        public override long Count => 3;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["data"] = torch.tensor((float)index), ["label"] = torch.tensor(index * 10) };
    }

    private sealed class WordDataset : torch.utils.data.Dataset<string>
    {
        public override long Count => 2;

        public override string GetTensor(long index) => $"word {index}";
    }
}
