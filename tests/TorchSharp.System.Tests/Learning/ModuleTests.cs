using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Learning;

/// <summary>Registration, state, hooks, moving.</summary>
public class ModuleTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 3);
        private readonly Sequential rest = nn.Sequential(("act", nn.ReLU()), ("out", nn.Linear(3, 2, false)));
        private readonly Parameter scale = nn.Parameter(ones(2));
        [ComponentName("shift")] private readonly Tensor _shift = zeros(2);
        private readonly Parameter? none = null;

        public Net() : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (none is null ? rest.call(first.call(input)) : input) * scale + _shift;
    }

    [Test]
    public void Fields_are_found_and_named()
    {
        using var net = new Net();
        net.named_parameters().Select(p => p.name).Should().Equal("scale", "first.weight", "first.bias", "rest.out.weight");
        net.named_buffers().Select(b => b.name).Should().Equal("shift");
        net.named_children().Select(c => c.name).Should().Equal("first", "rest");
        net.named_modules().Select(m => m.name).Should().Equal("first", "rest", "rest.act", "rest.out");
        net.state_dict().Keys.Should().BeEquivalentTo("scale", "first.weight", "first.bias", "rest.out.weight", "shift");
        net.get_parameter("rest.out.weight")!.shape.Should().Equal(2, 3);
        net.get_buffer("shift")!.shape.Should().Equal(2);
        (net.get_parameter("rest.nothing") is null).Should().BeTrue();
        net.parameters().Sum(p => p.numel()).Should().Be(2 + 12 + 3 + 6);
        net.GetName().Should().Be("Net");
    }

    [Test]
    public void State_goes_from_net_to_net()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Net(), new Net());
        var x = randn(5, 4);
        b.call(x).allclose(a.call(x)).Should().BeFalse();
        b.load_state_dict(a.state_dict());
        b.call(x).allclose(a.call(x)).Should().BeTrue();
        var part = new Dictionary<string, Tensor> { ["scale"] = ones(2), ["other"] = ones(1) };
        ((Action)(() => b.load_state_dict(part))).Should().Throw<InvalidOperationException>().WithMessage("*first.weight*other*");
        var (missing, unexpected) = b.load_state_dict(part, false);
        missing.Should().HaveCount(4);
        unexpected.Should().Equal("other");
    }

    [Test]
    public void State_goes_to_a_file_and_back()
    {
        using var scope = NewDisposeScope();
        var path = Path.GetTempFileName();
        var (a, b) = (new Net(), new Net());
        a.save(path);
        var loaded = new Dictionary<string, bool>();
        b.load(path, true, null, loaded);
        loaded.Values.All(value => value).Should().BeTrue();
        var x = randn(5, 4);
        b.call(x).allclose(a.call(x)).Should().BeTrue();
        ((Action)(() => nn.Linear(4, 3).load(path))).Should().Throw<ArgumentException>();
        File.Delete(path);
    }

    [Test]
    public void Modes_reach_every_child()
    {
        using var net = new Net();
        net.training.Should().BeTrue();
        net.eval();
        net.modules().All(module => !module.training).Should().BeTrue();
        net.train();
        net.modules().All(module => module.training).Should().BeTrue();
        var seen = 0;
        net.apply(_ => seen++);
        seen.Should().Be(5);
    }

    [Test]
    public void Hooks_see_and_change_what_passes()
    {
        using var scope = NewDisposeScope();
        var linear = nn.Linear(2, 2, false);
        var calls = new List<string>();
        var before = linear.register_forward_pre_hook((_, input) => { calls.Add("before"); return input * 0; });
        var after = linear.register_forward_hook((_, _, output) => { calls.Add("after"); return output + 1; });
        linear.register_forward_hook(_ => calls.Add("plain"));
        linear.call(ones(1, 2)).data<float>().ToArray().Should().Equal(1, 1);
        calls.Should().Equal("before", "after", "plain");
        calls.Clear();
        linear.forward(ones(1, 2));
        calls.Should().BeEmpty();
        before.remove();
        after.remove();
        linear.call(ones(1, 2));
        calls.Should().Equal("plain");
    }

    [Test]
    public void To_keeps_the_parameter_objects_and_their_gradients()
    {
        using var scope = NewDisposeScope();
        var net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
        net.call(randn(4, 2)).square().sum().backward();
        var parameters = net.parameters().ToArray();
        net.to(ScalarType.Float64);
        net.parameters().Should().Equal(parameters);
        parameters.All(p => p.dtype == ScalarType.Float64 && p.requires_grad && p.is_leaf && p.grad!.dtype == ScalarType.Float64).Should().BeTrue();
        net.state_dict()["1.num_batches_tracked"].dtype.Should().Be(ScalarType.Int64);
        net.call(randn(4, 2, ScalarType.Float64)).dtype.Should().Be(ScalarType.Float64);
        net.cpu().Should().BeSameAs(net);
        net.zero_grad();
        parameters.All(p => Equals(p.grad, null)).Should().BeTrue();
    }

    [Test]
    public void Containers_hold_and_name_their_modules()
    {
        using var scope = NewDisposeScope();
        var sequential = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1));
        sequential.Count.Should().Be(3);
        sequential[1].Should().BeOfType<Tanh>();
        sequential[..2].call(ones(1, 2)).shape.Should().Equal(1, 3);
        sequential.append("last", nn.Identity()).call(ones(1, 2)).shape.Should().Equal(1, 1);
        sequential.state_dict().Keys.Should().Equal("0.weight", "0.bias", "2.weight", "2.bias");

        var list = nn.ModuleList(nn.Linear(1, 1), nn.Linear(1, 1));
        list.Add(nn.Linear(1, 1, false));
        list.named_parameters().Select(p => p.name).Should().Equal("0.weight", "0.bias", "1.weight", "1.bias", "2.weight");
        list.RemoveAt(0);
        list.parameters().Should().HaveCount(3);

        var dict = nn.ModuleDict(("a", nn.Linear(1, 1)), ("b", nn.Linear(1, 1)));
        dict["a"].Should().BeOfType<Linear>();
        dict.named_parameters().Select(p => p.name).Should().Equal("a.weight", "a.bias", "b.weight", "b.bias");
    }

    [Test]
    public void Disposing_a_module_disposes_what_it_owns()
    {
        var before = Tensor.TotalCount;
        var net = new Net();
        var weights = net.parameters().ToList();
        net.Dispose();
        net.Dispose();
        weights.All(p => p.IsInvalid).Should().BeTrue();
        Tensor.TotalCount.Should().Be(before);
    }

    [Test]
    public void Built_in_modules_outlive_the_scope_they_were_made_in()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2));
        module.state_dict().Values.All(tensor => !tensor.IsInvalid).Should().BeTrue();
        module.Dispose();
    }

    [Test]
    public void Registering_twice_or_under_a_bad_name_is_refused()
    {
        using var net = new Net();
        ((Action)(() => net.register_module("a.b", nn.ReLU()))).Should().Throw<ArgumentException>();
        ((Action)(() => net.register_module("first", nn.ReLU()))).Should().Throw<InvalidOperationException>();
        ((Action)(() => net.register_parameter("scale", nn.Parameter(ones(1))))).Should().Throw<InvalidOperationException>();
        ((Action)(() => net.register_buffer("x", null!))).Should().Throw<ArgumentNullException>();
        net.register_buffer("temporary", ones(1), false);
        net.state_dict().Should().NotContainKey("temporary");
        net.buffers().Should().HaveCount(2);
    }
}
