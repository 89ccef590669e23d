using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Tensors that a pass makes are freed after their step, on whatever thread they were made; tensors that were there before stay.</summary>
public class MemoryTests
{
    private static int s_running;

    private readonly Tensor _x = Ramp(0, 1 / 72.0, 24, 3);
    private readonly Tensor _y = torch.rand(24, 1);

    [OneTimeTearDown]
    public void Free()
    {
        _x.Dispose();
        _y.Dispose();
    }

    private static IEnumerable<TestCaseData> Pipelines()
    {
        yield return Case("rows", s => s.Batch(5));
        yield return Case("shuffled rows", s => s.Shuffle(24).Batch(5));
        yield return Case("map", s => s.Map(Twice).Batch(5));
        yield return Case("map on threads", s => s.Map(Twice, 3).Batch(5));
        yield return Case("map of batches", s => s.Batch(5).Map(Twice, 2));
        yield return Case("untouched elements over threads", s => s.Map(a => a, 2).Batch(5));
        yield return Case("shuffled stream", s => s.Map(Twice).Shuffle(7).Batch(5));
        yield return Case("filter", s => s.Map(Twice, 2).Filter(a => a.Inputs[0].sum().item<float>() > 3).Batch(4));
        yield return Case("filter that drops all but few", s => s.Map(Twice).Filter(a => a.Inputs[0].sum().item<float>() > 5).Batch(24));
        yield return Case("skip and take", s => s.Map(Twice).Skip(3).Take(11).Batch(4));
        yield return Case("repeat", s => s.Map(Twice, 2).Repeat(3).Batch(7));
        yield return Case("cache", s => s.Map(Twice).Cache().Map(Twice, 2).Batch(5));
        yield return Case("cache of batches", s => s.Batch(5).Map(Twice).Cache().Prefetch(2));
        yield return Case("zip", s => s.Map(Twice, 2).Zip(s.Map(Twice).Shuffle(4)).Map(p => new Sample(p.First.Inputs[0], p.Second.Targets[0])).Batch(5));
        yield return Case("concatenate", s => s.Map(Twice, 2).Concatenate(s.Shuffle(24)).Batch(5));
        yield return Case("prefetch", s => s.Map(Twice, 2).Batch(5).Prefetch(3));
        yield return Case("prefetch of samples", s => s.Prefetch(4).Shuffle(5).Prefetch(2).Batch(5, dropRemainder: true));
        yield return Case("unbatch", s => s.Map(Twice).Batch(4).Unbatch().Map(Twice, 2).Batch(6).Unbatch().Batch(3).Prefetch(1));
        yield return Case("enumerable", s => Dataset.From(() => s.Elements()).Map(Twice, 2).Batch(5));
        yield return Case("asynchronous", s => Dataset.FromAsync(() => Asynchronously(s)).Map(Twice, 2).Batch(5));
    }

    [TestCaseSource(nameof(Pipelines))]
    public void Training_on_it_leaves_nothing_behind(Func<Dataset<Sample>, Dataset<Batch>> pipeline)
    {
        Sequential model = [Dense(2, inputShape: 3), Dense(1)];
        model.Compile("sgd", "mse");
        var data = pipeline(Dataset.FromTensors(_x, _y));
        Leaks.None(() => model.Fit(data, epochs: 2, verbose: 0, validationData: data), 10);
        _x.IsInvalid.Should().BeFalse();
        model.Evaluate(data, verbose: 0);
        model.Predict(data).Dispose();
    }

    [TestCaseSource(nameof(Pipelines))]
    public void Giving_it_up_half_way_leaves_nothing_behind(Func<Dataset<Sample>, Dataset<Batch>> pipeline)
    {
        var name = TestContext.CurrentContext.Test.Name;
        var data = pipeline(Dataset.FromTensors(_x, _y));
        if (name.Contains("cache", StringComparison.Ordinal))
        {
            using var scope = torch.NewDisposeScope();
            foreach (var batch in data.Elements()) batch.Count.Should().BePositive();
        }
        Leaks.None(
            () =>
            {
                var before = Tensor.TotalCount;
                using (torch.NewDisposeScope())
                {
                    using var pass = data.Elements().GetEnumerator();
                    for (var i = 0; i < 2 && pass.MoveNext(); i++) pass.Current.Count.Should().BePositive();
                }
                // An asynchronous source finishes the element that it is at; only after it has been given does it drop it, on a thread of its own.
                SpinWait.SpinUntil(() => Volatile.Read(ref s_running) == 0, TimeSpan.FromSeconds(10)).Should().BeTrue();
                _ = SpinWait.SpinUntil(() => Tensor.TotalCount <= before, TimeSpan.FromSeconds(2));
            },
            10);
    }

    [TestCase(0)]
    [TestCase(3)]
    public void A_failure_leaves_nothing_behind(int workers)
    {
        var count = 0;
        var data = Dataset.FromTensors(_x, _y).Map(Twice, workers).Shuffle(4).Map(
            s =>
            {
                var made = Twice(s);
                return Interlocked.Increment(ref count) % 17 == 0 ? throw new InvalidDataException("torn") : made;
            },
            workers).Batch(4).Prefetch(2);
        Leaks.None(
            () =>
            {
                using var scope = torch.NewDisposeScope();
                data.Invoking(d => d.Elements().Count()).Should().Throw<KerasException>().WithMessage("*torn*");
            },
            10);
    }

    [Test]
    public void What_was_there_before_is_never_freed()
    {
        Tensor[] own = [torch.rand(3), torch.rand(3), torch.rand(3)];
        var data = Dataset.From(own).Shuffle(2).Map(t => t, 2).Prefetch(1).Cache();
        for (var i = 0; i < 3; i++)
        {
            using var scope = torch.NewDisposeScope();
            data.Elements().Should().HaveCount(3).And.OnlyContain(t => own.Any(o => ReferenceEquals(o, t)));
        }
        own.Should().OnlyContain(t => !t.IsInvalid);
    }

    [Test]
    public void An_element_lives_until_its_step_ends()
    {
        var data = Dataset.Range(10).Map(i => torch.ones(2) * i, workers: 2).Shuffle(3).Prefetch(2);
        using var pass = data.Elements().GetEnumerator();
        for (var i = 0; i < 10; i++)
        {
            Tensor element;
            using (torch.NewDisposeScope())
            {
                pass.MoveNext().Should().BeTrue();
                element = pass.Current;
                element.IsInvalid.Should().BeFalse();
            }
            element.IsInvalid.Should().BeTrue();
        }
    }

    [Test]
    public void Tensors_are_found_in_every_kind_of_element()
    {
        using var scope = torch.NewDisposeScope();
        Check(i => (i, torch.ones(1)));
        Check(i => new[] { torch.ones(1) });
        Check(i => new List<Tensor> { torch.ones(1) });
        Check(i => new Dictionary<string, Tensor> { ["a"] = torch.ones(1) });
        Check(i => new Photo("a", torch.ones(1), (i, [torch.ones(2)])));
        Check(i => new { Image = torch.ones(1), Number = i });
        Check(i => new Plain { Image = torch.ones(1) });
        Check(i => (object)torch.ones(1));
        Check(i => new Nested(new Photo("b", torch.ones(1), (i, [])), null));
        Check(i => new KeyValuePair<long, Tensor>(i, torch.ones(1)));
        Check(i => Tuple.Create(i, torch.ones(1)));
        TensorWalker.MayHold(typeof(string)).Should().BeFalse();
        TensorWalker.MayHold(typeof((int, string[]))).Should().BeFalse();
        TensorWalker.MayHold(typeof((int, Tensor)[])).Should().BeTrue();

        static void Check<T>(Func<long, T> make)
        {
            Leaks.None(
                () =>
                {
                    using var step = torch.NewDisposeScope();
                    using var pass = Dataset.Range(5).Map(make, workers: 2).Elements().GetEnumerator();
                    pass.MoveNext().Should().BeTrue();
                    step.DisposablesCount.Should().BePositive("a {0} holds a tensor, which the step owns", typeof(T).Name);
                },
                5);
        }
    }

    private static TestCaseData Case(string name, Func<Dataset<Sample>, Dataset<Batch>> pipeline) => new TestCaseData(pipeline).SetArgDisplayNames(name);

    private static Sample Twice(Sample sample) => sample with { Inputs = [sample.Inputs[0] * 2], Targets = [sample.Targets[0] + 0] };

    private static Batch Twice(Batch batch) => batch with { Inputs = [batch.Inputs[0] * 2] };

    private static async IAsyncEnumerable<Sample> Asynchronously(Dataset<Sample> samples)
    {
        Interlocked.Increment(ref s_running);
        try
        {
            foreach (var sample in samples.Elements())
            {
                await Task.Yield();
                var copy = new Sample(sample.Inputs[0] * 1, sample.Targets[0] * 1);
                sample.Inputs[0].Dispose();
                sample.Targets[0].Dispose();
                yield return copy;
            }
        }
        finally
        {
            Interlocked.Decrement(ref s_running);
        }
    }

    private sealed record Photo(string Name, Tensor Image, (long, Tensor[]) More);

    private sealed record Nested(Photo Photo, Nested? Next);

    private sealed class Plain
    {
        public required Tensor Image { get; init; }
    }
}
