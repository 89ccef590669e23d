using DeepKeras.Data;

namespace DeepKeras.Tests.Data;

/// <summary>Samples to batches and back.</summary>
public class BatchTests
{
    [Test]
    public void Rows_in_memory_are_cut_into_batches()
    {
        var data = Dataset.FromTensors(Ramp(0, 1, 5, 2), Ramp(10, 1, 5), Ramp(20, 1, 5));
        data.Count.Should().Be(5);
        Dataset<Batch> batches = data.Batch(2);
        batches.Count.Should().Be(3);
        Batch[] all = [.. batches.Elements()];
        all.Select(b => b.Count).Should().Equal(2, 2, 1);
        Close(all[1].Inputs[0], [4, 5, 6, 7]);
        all[1].Inputs[0].shape.Should().Equal(2, 2);
        Close(all[2].Targets[0], [14]);
        Close(all[0].SampleWeights![0]!, [20, 21]);
        data.Batch(2, dropRemainder: true).Count.Should().Be(2);
        data.Batch(2, dropRemainder: true).Elements().Should().HaveCount(2);
        data.Batch(9).Elements().Should().ContainSingle().Which.Count.Should().Be(5);
        data.Batch(9, dropRemainder: true).Elements().Should().BeEmpty();
    }

    [Test]
    public void Samples_of_a_stream_are_stacked()
    {
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int64, ScalarType.Float32, ScalarType.Bool, ScalarType.Float64 })
        {
            var x = torch.arange(30).to_type(type).reshape(5, 3, 2);
            var data = Dataset.Range(5).Map(i => new Sample(x[i], torch.tensor(i)));
            Batch[] all = [.. data.Batch(2).Elements()];
            all.Select(b => b.Inputs[0].dtype).Should().Equal([type, type, type], "numbers stay what they are until the model converts them on its device");
            all.Select(b => b.Inputs[0].shape[0]).Should().Equal(2, 2, 1);
            Same(torch.cat([.. all.Select(b => b.Inputs[0])], 0), x).Should().BeTrue();
            all.SelectMany(b => Numbers(b.Targets[0])).Should().Equal(0, 1, 2, 3, 4);
            data.Batch(2, dropRemainder: true).Elements().Should().HaveCount(2);
        }
    }

    [Test]
    public void A_batch_grows_as_samples_come()
    {
        var data = Dataset.From(() => Enumerable.Range(0, 5000).Select(i => torch.tensor(new[] { (float)i, -i })));
        var batch = data.Batch(1_000_000_000).Elements().Single();
        batch.Inputs[0].shape.Should().Equal(5000, 2);
        Numbers(batch.Inputs[0].select(1, 0)).Should().Equal(Enumerable.Range(0, 5000).Select(i => (double)i));
        data.Batch(3000).Elements().Select(b => b.Inputs[0].shape[0]).Should().Equal(3000, 2000);
    }

    [Test]
    public void Rows_that_do_not_lie_densely_are_stacked_too()
    {
        var image = Ramp(0, 1, 2, 3);
        var weights = torch.ones(2, 3).requires_grad_();
        var data = Dataset.From([(image.t(), image), (torch.zeros(3, 2), weights * 2)]);
        var batch = data.Batch(2).Elements().Single();
        Close(batch.Inputs[0], [0, 3, 1, 4, 2, 5, 0, 0, 0, 0, 0, 0]);
        Close(batch.Targets[0], [0, 1, 2, 3, 4, 5, 2, 2, 2, 2, 2, 2]);
        batch.Targets[0].requires_grad.Should().BeFalse();
    }

    [Test]
    public void Several_inputs_targets_and_weights_are_stacked_each()
    {
        Sample[] samples = [new([Vector(1, 2), Vector(3)], [Vector(4)], [torch.tensor(0.5f)]), new([Vector(5, 6), Vector(7)], [Vector(8)], [torch.tensor(1.5f)])];
        var batch = Dataset.From(samples).Batch(4).Elements().Single();
        Close(batch.Inputs[0], [1, 2, 5, 6]);
        Close(batch.Inputs[1], [3, 7]);
        Close(batch.Targets[0], [4, 8]);
        Close(batch.SampleWeights![0]!, [0.5, 1.5]);
        Sample converted = (Vector(1), Vector(2));
        converted.Inputs.Should().ContainSingle();
        Sample weighed = (Vector(1), Vector(2), torch.tensor(3f));
        weighed.SampleWeights.Should().ContainSingle();
    }

    [Test]
    public void Unbatch_gives_the_samples_back()
    {
        var (x, y, w) = (torch.rand(7, 3), torch.rand(7), torch.rand(7));
        var data = Dataset.FromTensors(x, y, w).Batch(3).Unbatch();
        Sample[] samples = [.. data.Elements()];
        samples.Should().HaveCount(7);
        for (var i = 0; i < 7; i++)
        {
            Same(samples[i].Inputs[0], x[i]).Should().BeTrue();
            Same(samples[i].Targets[0], y[i]).Should().BeTrue();
            Same(samples[i].SampleWeights![0]!, w[i]).Should().BeTrue();
        }
        var again = data.Batch(7).Elements().Single();
        Same(again.Inputs[0], x).Should().BeTrue();
        Dataset.FromTensors(x).Batch(2).Unbatch().Elements().Should().HaveCount(7).And.OnlyContain(s => s.Targets.Length == 0 && s.SampleWeights == null);
    }

    [Test]
    public void Samples_that_do_not_fit_are_refused_with_number_and_shapes()
    {
        Refuses([Row(2), Row(2), Row(2), Row(3)], 2, "*input 0 of element 2 is (2,) Float32*element 3 is (3,) Float32*Resize*");
        Refuses([Row(2), new([torch.zeros(2, ScalarType.Byte)], [])], 2, "*(2,) Float32*element 1 is (2,) Byte*");
        Refuses([Row(2), new([Vector(1, 2)], [Vector(1)])], 2, "*element 0 has 0 target(s)*element 1 has 1*same number*");
        Refuses([Row(2), new([Vector(1, 2)], [], [])], 2, "", refused: false);
        Refuses([new([Vector(1)], [Vector(1)], [null]), new([Vector(1)], [Vector(1)], [Vector(1)])], 2, "*element 0 has 0 sample weight(s)*element 1 has 1*");
        Dataset.FromTensors(torch.zeros(2, 2)).Invoking(d => d.Batch(0)).Should().Throw<KerasException>().WithMessage("batchSize must be at least 1 but was 0.");

        static Sample Row(int length) => new([torch.zeros(length)], []);

        static void Refuses(Sample[] samples, int batchSize, string message, bool refused = true)
        {
            var reading = Dataset.From(samples).Batch(batchSize).Invoking(d => d.Elements().ToList());
            if (refused) reading.Should().Throw<KerasException>().WithMessage(message);
            else reading.Should().NotThrow();
        }
    }

    [Test]
    public void Maps_over_x_and_y_keep_the_weights()
    {
        var data = Dataset.FromTensors(Ramp(0, 1, 4, 1), Ramp(0, 1, 4), Ramp(5, 1, 4));
        var sample = data.Map((x, y) => (x * 2, y + 1)).Elements().ElementAt(3);
        Close(sample.Inputs[0], 6);
        Close(sample.Targets[0], 4);
        Close(sample.SampleWeights![0]!, 8);
        var batch = data.Batch(2).Map((x, y) => (torch.cat([x, x], 0), torch.cat([y, y], 0))).Elements().First();
        batch.Count.Should().Be(4);
        var two = Dataset.FromTensors(new TensorData[] { torch.zeros(2, 1), torch.zeros(2, 1) });
        two.Map((x, y) => (x, y)).Invoking(d => d.Elements().ToList()).Should().Throw<KerasException>().WithMessage("*element 0*one input and one target per sample but received 2 and 0*");
        two.Batch(2).Map((x, y) => (x, y)).Invoking(d => d.Elements().ToList()).Should().Throw<KerasException>().WithMessage("*per batch but received 2 and 0*");
    }

    [Test]
    public void Tensors_that_do_not_belong_together_are_refused()
    {
        FluentActions.Invoking(() => Dataset.FromTensors(torch.zeros(3, 2), torch.zeros(2))).Should().Throw<KerasException>().WithMessage("*same number of samples*input 0 with 3*target 0 with 2*");
        FluentActions.Invoking(() => Dataset.FromTensors(torch.zeros(3, 2), torch.zeros(3), torch.zeros(4))).Should().Throw<KerasException>().WithMessage("*sampleWeight 0 with 4*");
        FluentActions.Invoking(() => Dataset.FromTensors(torch.zeros(0, 2))).Should().Throw<KerasException>().WithMessage("*no data*");
        FluentActions.Invoking(() => Dataset.FromTensors(torch.zeros(3, 2), torch.zeros(3), new TensorData[] { torch.zeros(3), torch.zeros(3) })).Should().Throw<KerasException>().WithMessage("sampleWeight expects one tensor per target, 1 here, but received 2*");
    }
}
